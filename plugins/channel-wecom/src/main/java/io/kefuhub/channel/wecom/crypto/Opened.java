package io.kefuhub.channel.wecom.crypto;

import io.kefuhub.api.Localized;

/** What became of opening a call. */
public sealed interface Opened {
    /** It is genuine, and this is what it says. */
    record Genuine(String text) implements Opened {
        /** Without what a customer said. */
        @Override
        public String toString() {
            return "Genuine";
        }
    }

    /**
     * It is not, or cannot be read.
     *
     * @param reason for the admin's eyes; never part of the call
     */
    record Refused(Localized reason) implements Opened {}
}
