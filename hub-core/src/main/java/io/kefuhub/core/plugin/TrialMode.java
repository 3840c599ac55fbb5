package io.kefuhub.core.plugin;

/** How far a candidate's answers count. Immutable. */
public sealed interface TrialMode {
    /** It is asked too and never believed. */
    record Shadow() implements TrialMode {}

    /**
     * Its answers count for a share of the conversations, always the same ones: who is in a small share stays in when it
     * grows.
     *
     * @param percent from 1 to 100
     */
    record Canary(int percent) implements TrialMode {
        /** Into so many places conversations are spread. */
        private static final int PLACES = 10_000;

        public Canary {
            if (percent < 1 || percent > 100) throw new IllegalArgumentException("a share of " + percent + " %");
        }

        /** Whether a conversation is in the share; depends on nothing but the two names. */
        boolean takes(String conversation, String instance) {
            return Long.remainderUnsigned(hash(instance + '\n' + conversation), PLACES) < percent * (PLACES / 100L);
        }

        /** FNV-1a over the characters, its bits then mixed, because ids that differ in one sign must not stay together. */
        private static long hash(String text) {
            var hash = 0xcbf29ce484222325L;
            for (var i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
            hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
            return hash ^ (hash >>> 33);
        }
    }
}
