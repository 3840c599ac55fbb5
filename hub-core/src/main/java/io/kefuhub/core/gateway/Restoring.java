package io.kefuhub.core.gateway;

import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Usage;
import java.util.Map;

/**
 * Puts back into an answer what filters had put out of sight, however the pieces fall. What may be the beginning of a
 * placeholder waits for what follows. One thread only.
 */
final class Restoring implements AiSink {
    private final AiSink to;
    private final Map<String, String> placeholders;
    private String held = "";
    private int told;

    Restoring(AiSink to, Map<String, String> placeholders) {
        this.to = to;
        this.placeholders = placeholders;
    }

    /** The whole text with everything back in its place. */
    static String restored(String text, Map<String, String> placeholders) {
        var restored = text;
        for (var hidden : placeholders.entrySet()) restored = restored.replace(hidden.getKey(), hidden.getValue());
        return restored;
    }

    /** How many characters of the model's text were told. */
    int told() {
        return told;
    }

    @Override
    public void content(String piece) {
        told += piece.length();
        if (placeholders.isEmpty()) {
            to.content(piece);
            return;
        }
        var text = held + piece;
        var open = beginning(text);
        held = text.substring(open);
        tell(restored(text.substring(0, open), placeholders));
    }

    /** Tells what was held back. */
    void end() {
        var last = held;
        held = "";
        tell(restored(last, placeholders));
    }

    private void tell(String text) {
        if (!text.isEmpty()) to.content(text);
    }

    /** Where a placeholder may begin that is not whole yet; the length of the text when none does. */
    private int beginning(String text) {
        var longest =
                placeholders.keySet().stream().mapToInt(String::length).max().orElse(0);
        for (var at = Math.max(0, text.length() - longest + 1); at < text.length(); at++) {
            var tail = text.substring(at);
            if (placeholders.keySet().stream().anyMatch(whole -> whole.startsWith(tail))) return at;
        }
        return text.length();
    }

    @Override
    public void reasoning(String piece) {}

    @Override
    public void usage(Usage usage) {}
}
