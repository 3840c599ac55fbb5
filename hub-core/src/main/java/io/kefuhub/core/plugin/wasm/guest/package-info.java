/** Runs WASM modules of others: gate, engine, what they may call, and what stops them. */
@NullMarked
package io.kefuhub.core.plugin.wasm.guest;

import org.jspecify.annotations.NullMarked;
