package io.kefuhub.core.answering.ai.context;

/**
 * Something a conversation must not forget, as it was said. Immutable.
 *
 * @param value verbatim, but for phone numbers, which are masked
 */
public record Fact(Kind kind, String value) {
    /** What it is about; the key stands in the database and in what models read. */
    public enum Kind {
        ORDER("order", 8),
        PRODUCT("product", 6),
        AMOUNT("amount", 6),
        DATE("date", 6),
        PHONE("phone", 3),
        PROMISE("promised", 4);

        private final String key;

        /** How many are kept: the first and the newest. */
        private final int most;

        Kind(String key, int most) {
            this.key = key;
            this.most = most;
        }

        public String key() {
            return key;
        }

        int most() {
            return most;
        }
    }
}
