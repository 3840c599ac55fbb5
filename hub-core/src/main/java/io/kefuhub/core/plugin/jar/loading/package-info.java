/** How the classes of plugins are loaded: what they see, in what order, and which of them outlive a version. */
@NullMarked
package io.kefuhub.core.plugin.jar.loading;

import org.jspecify.annotations.NullMarked;
