/** The frame, over real HTTP. */
@NullMarked
package io.kefuhub.simulators;

import org.jspecify.annotations.NullMarked;
