package io.kefuhub.channel.web.frame;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a client says. Well-formed, not yet judged: texts may be too long and ids may be anybody's. Immutable. */
public sealed interface ClientFrame {
    /**
     * First frame of a connection.
     *
     * @param id 0 when the client gave none, here and below
     * @param conversation empty before the client knows of one
     * @param after the highest {@code seq} up to which the client shows everything
     * @param caps what else the client can show, such as {@code draft}
     */
    record Hello(long id, Optional<String> conversation, long after, Set<String> caps) implements ClientFrame {
        public Hello {
            caps = Set.copyOf(caps);
        }
    }

    /**
     * A message.
     *
     * @param cid the client's own name for it, the same for every attempt
     */
    record Send(long id, String cid, List<SentPart> parts, Optional<String> replyTo) implements ClientFrame {
        public Send {
            parts = List.copyOf(parts);
        }
    }

    record Read(long upTo) implements ClientFrame {}

    record Typing(boolean on) implements ClientFrame {}

    /**
     * @param identity a token of the site's own server
     */
    record Identify(long id, String identity) implements ClientFrame {}

    record Ping(long id) implements ClientFrame {}

    record Pong() implements ClientFrame {}

    /** Of a later protocol; ignored. */
    record Unknown() implements ClientFrame {}

    /** One piece of a message that is being sent. */
    sealed interface SentPart {
        record Text(String text) implements SentPart {}

        /**
         * @param uploadId what the upload was answered with
         */
        record File(String uploadId) implements SentPart {}

        record Unknown(String type) implements SentPart {}
    }
}
