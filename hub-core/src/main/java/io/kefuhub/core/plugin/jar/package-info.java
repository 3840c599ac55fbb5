/** Plugins that come as jars. The only package that knows PF4J. */
@NullMarked
package io.kefuhub.core.plugin.jar;

import org.jspecify.annotations.NullMarked;
