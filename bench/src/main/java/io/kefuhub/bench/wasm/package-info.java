/** Compares what runs WASM modules: the hub's engine, Node, and another engine in Java. */
@NullMarked
package io.kefuhub.bench.wasm;

import org.jspecify.annotations.NullMarked;
