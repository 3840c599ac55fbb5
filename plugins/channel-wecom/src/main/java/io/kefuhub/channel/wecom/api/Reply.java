package io.kefuhub.channel.wecom.api;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Localized;

/** What became of asking the platform. */
public sealed interface Reply {
    /** It did what it was asked. */
    record Ok(JsonObject body) implements Reply {}

    /**
     * It says no. The platform says so with HTTP 200 and a code.
     *
     * @param words the platform's own; for people, never to be matched
     * @param forToken whether it refused a token, and so never heard of what was asked
     */
    record Refused(int code, Localized words, boolean forToken) implements Reply {
        public Refused(int code, String words, boolean forToken) {
            this(code, Localized.of(words), forToken);
        }
    }

    /**
     * Nothing came that can be read as an answer.
     *
     * @param dispatched whether the platform may have done what it was asked
     */
    record NoAnswer(boolean dispatched, Localized reason) implements Reply {
        public NoAnswer(boolean dispatched, String reason) {
            this(dispatched, Localized.of(reason));
        }
    }
}
