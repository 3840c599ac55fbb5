@NullMarked
package io.kefuhub.core.plugin.wasm.guest;

import org.jspecify.annotations.NullMarked;
