/** Plugins that are packed and swapped while a hub is measured; a hub loads them from jars, the benchmark itself never does. */
@NullMarked
package io.kefuhub.bench.plugin;

import org.jspecify.annotations.NullMarked;
