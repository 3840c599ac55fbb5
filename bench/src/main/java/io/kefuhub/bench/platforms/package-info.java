/** Proves the channels of platforms over a whole hub and a simulated platform, each in a process of its own. */
@NullMarked
package io.kefuhub.bench.platforms;

import org.jspecify.annotations.NullMarked;
