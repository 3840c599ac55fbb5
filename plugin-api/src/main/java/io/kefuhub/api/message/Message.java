package io.kefuhub.api.message;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What one person said at once. Immutable.
 *
 * @param parts at least one
 */
public record Message(List<Part> parts) {
    public Message {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) throw new IllegalArgumentException("a message without parts");
    }

    public static Message of(String text) {
        return new Message(List.of(new Part.Text(text)));
    }

    public Message withParts(List<Part> changed) {
        return new Message(changed);
    }

    /** All its words, a line for each part; empty when it has none. */
    public String text() {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Text(var value)) return value;
        return parts.stream()
                .map(part -> switch (part) {
                    case Part.Text(var value) -> value;
                    case Part.Menu(var value, var _) -> value;
                    case Part.Media _, Part.Unsupported _ -> "";
                })
                .filter(value -> !value.isEmpty())
                .collect(Collectors.joining("\n"));
    }
}
