/** Plugins that behave badly; a hub loads them from jars. */
@NullMarked
package io.kefuhub.dist.plugin;

import org.jspecify.annotations.NullMarked;
