package io.kefuhub.api.channel;

import io.kefuhub.api.Localized;
import io.kefuhub.api.web.WebReply;
import java.util.List;

/** What a channel makes of a webhook call. */
public sealed interface Receipt {
    /**
     * Genuine, and it carries messages.
     *
     * @param messages stored before the reply is sent
     */
    record Accepted(List<Incoming> messages, WebReply reply) implements Receipt {
        public Accepted {
            messages = List.copyOf(messages);
        }
    }

    /**
     * Genuine, and something waits to be pulled.
     *
     * @param source given to {@link Channel#pull}
     */
    record Nudged(String source, WebReply reply) implements Receipt {}

    /** Genuine, and answered at once: a verification, an event of no interest. */
    record Answered(WebReply reply) implements Receipt {}

    /**
     * Not genuine, or not to be understood; the caller gets 401 and nothing else.
     *
     * @param reason for the admin's eyes; never part of the call
     */
    record Refused(Localized reason) implements Receipt {
        public Refused(String reason) {
            this(Localized.of(reason));
        }
    }
}
