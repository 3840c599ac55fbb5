package io.kefuhub.core.gateway;

/** Half characters, which no bytes can say. */
final class Surrogates {
    private static final char REPLACEMENT = '\uFFFD';

    private Surrogates() {}

    /** The text with every half that stands alone replaced; the same text where there is none. */
    static String repaired(String text) {
        for (var at = 0; at < text.length(); at++) {
            if (Character.isSurrogate(text.charAt(at))) return repairedFrom(text, at);
        }
        return text;
    }

    private static String repairedFrom(String text, int from) {
        var repaired = new StringBuilder(text);
        for (var at = from; at < repaired.length(); at++) {
            var one = repaired.charAt(at);
            if (!Character.isSurrogate(one)) continue;
            var isPair = Character.isHighSurrogate(one)
                    && at + 1 < repaired.length()
                    && Character.isLowSurrogate(repaired.charAt(at + 1));
            if (isPair) at++;
            else repaired.setCharAt(at, REPLACEMENT);
        }
        return repaired.toString();
    }
}
