/** Swaps plugins of a packaged hub while customers ask, and counts what was kept. */
@NullMarked
package io.kefuhub.bench.swap;

import org.jspecify.annotations.NullMarked;
