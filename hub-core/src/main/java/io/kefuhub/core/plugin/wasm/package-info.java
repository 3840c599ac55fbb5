/** Plugins that come as WASM modules: what they say of themselves, what they are asked, and how they fare. */
@NullMarked
package io.kefuhub.core.plugin.wasm;

import org.jspecify.annotations.NullMarked;
