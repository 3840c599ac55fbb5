package io.kefuhub.core.plugin.wasm.guest;

import java.util.List;
import java.util.Map;

/**
 * A module that the gate has let through. Immutable by agreement: nobody writes to its bytes.
 *
 * @param bytes with every limit made smaller where it was larger than ours, and without custom sections
 * @param imports in words, such as {@code extism:host/env alloc}
 * @param functions that it exports
 * @param memoryPages its memory begins with
 * @param mostPages its memory can grow to
 */
public record Gated(
        byte[] bytes, List<String> imports, Map<String, FunctionType> functions, int memoryPages, int mostPages) {
    public Gated {
        imports = List.copyOf(imports);
        functions = Map.copyOf(functions);
    }

    /** Whether an exported function can be the one that is asked. */
    public enum FunctionType {
        /** Takes nothing and returns a 32-bit integer or nothing. */
        ENTRY,
        OTHER
    }
}
