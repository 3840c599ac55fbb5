package io.kefuhub.core.plugin.wasm.guest;

import java.util.stream.Collectors;

/**
 * The type of a function, a letter for each value: {@code i} and {@code I} for integers of 32 and 64 bits, {@code f} and
 * {@code F} for floating numbers, {@code ?} for anything else. Immutable.
 */
record Signature(String parameters, String results) {
    /** Reads {@code "ii>i"}. */
    static Signature of(String text) {
        var parts = text.split(">", 2);
        return new Signature(parts[0], parts[1]);
    }

    static char letter(int valueType) {
        return switch (valueType) {
            case 0x7f -> 'i';
            case 0x7e -> 'I';
            case 0x7d -> 'f';
            case 0x7c -> 'F';
            default -> '?';
        };
    }

    /** As people write it, such as {@code (i32, i64) -> i32}. */
    @Override
    public String toString() {
        return "(" + words(parameters) + ") -> " + (results.isEmpty() ? "nothing" : words(results));
    }

    private static String words(String letters) {
        return letters.chars()
                .mapToObj(letter -> switch (letter) {
                    case 'i' -> "i32";
                    case 'I' -> "i64";
                    case 'f' -> "f32";
                    case 'F' -> "f64";
                    default -> "other";
                })
                .collect(Collectors.joining(", "));
    }
}
