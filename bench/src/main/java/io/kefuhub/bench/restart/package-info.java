/** How long the packaged hub is away when a plugin has ended it. */
@NullMarked
package io.kefuhub.bench.restart;

import org.jspecify.annotations.NullMarked;
