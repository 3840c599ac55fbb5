@NullMarked
package io.kefuhub.core.plugin.wasm;

import org.jspecify.annotations.NullMarked;
