/** How long the packaged hub takes to start, and what it takes when nobody is there. */
@NullMarked
package io.kefuhub.bench.start;

import org.jspecify.annotations.NullMarked;
