/** The hub's composition root and commands. */
@NullMarked
package io.kefuhub.core;

import org.jspecify.annotations.NullMarked;
