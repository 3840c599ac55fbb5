package io.kefuhub.ai.exchange;

import java.util.List;
import java.util.Locale;

/**
 * Recognises that a question was too long where there is no code for it, as with most providers. The one case in which
 * words count: all they can bring about is that the hub asks once more, with less.
 */
public final class TooLong {
    private static final List<String> SAID = List.of(
            "maximum context length",
            "context length exceeded",
            "exceeds the context length",
            "exceeds the available context size",
            "exceeds the maximum number of tokens",
            "exceed the maximum context",
            "prompt is too long",
            "prompt too long",
            "input is too long",
            "range of input length",
            "exceed context limit");

    private TooLong() {}

    public static boolean isSaid(int status, String message) {
        if (status >= 500) return false;
        var words = message.toLowerCase(Locale.ROOT);
        return status != 401 && status != 429 && SAID.stream().anyMatch(words::contains);
    }
}
