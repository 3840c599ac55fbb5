package io.kefuhub.ai.exchange;

/**
 * Puts into words, for an admin, why a provider did not answer. Immutable.
 *
 * @param secret never to be repeated, whatever a provider writes; may be empty
 */
record Reason(String secret) {
    private static final int MOST = 200;

    String of(int status, String message) {
        var said = message.isBlank() ? "" : ": " + cut(hidden(message.strip()));
        return "the provider answered with status " + status + said;
    }

    private String hidden(String message) {
        return secret.isEmpty() ? message : message.replace(secret, "…");
    }

    private static String cut(String message) {
        var line = message.replaceAll("\\s+", " ");
        if (line.length() <= MOST) return line;
        var end = Character.isHighSurrogate(line.charAt(MOST - 1)) ? MOST - 1 : MOST;
        return line.substring(0, end) + "…";
    }

    @Override
    public String toString() {
        return "Reason";
    }
}
