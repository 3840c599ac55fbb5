/** Servers that speak a platform's side on one's own machine: the frame that every platform stands in. */
@NullMarked
package io.kefuhub.simulators;

import org.jspecify.annotations.NullMarked;
