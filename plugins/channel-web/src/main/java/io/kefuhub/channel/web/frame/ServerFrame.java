package io.kefuhub.channel.web.frame;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the hub says to a client. Immutable. */
public sealed interface ServerFrame {
    /**
     * Answers a hello; the missed events follow, then live ones.
     *
     * @param from the {@code seq} of the first event that follows
     * @param heartbeat seconds of silence after which the hub pings
     */
    record Welcome(long id, Optional<String> conversation, long from, long lastSeq, int heartbeat, Limits limits)
            implements ServerFrame {}

    /**
     * @param text characters of one text
     * @param file bytes of one file
     */
    record Limits(int text, long file) {}

    /** Something that has a place in the conversation and comes to every client of it. */
    sealed interface Event extends ServerFrame {
        long seq();

        /**
         * @param updated whether it replaces what an earlier event said
         */
        record MessageShown(long seq, boolean updated, MessageView message) implements Event {}

        /**
         * @param agent who joined, empty otherwise
         */
        record StateShown(long seq, String state, String agent) implements Event {}

        /** An agent has seen everything up to a {@code seq}. */
        record ReadShown(long seq, long upTo) implements Event {}
    }

    /** A send was stored. */
    record Ok(long id, String messageId, long seq, Instant at, String conversation) implements ServerFrame {}

    /** A request that has nothing to report was carried out. */
    record Done(long id) implements ServerFrame {}

    /**
     * @param retry whether the same request may succeed later
     */
    record Error(long id, String code, boolean retry, String text) implements ServerFrame {}

    record Typing(boolean on, AuthorView author) implements ServerFrame {}

    /** The whole answer so far; gone when it is empty or the message that names the answer comes. */
    record Draft(String answer, String text) implements ServerFrame {}

    /**
     * How it stands with an answer that takes its time: shown beside the wait, and gone with it.
     *
     * @param on whether it is still being made; if not, the rest is empty
     * @param options what may be meant; the customer chooses one by sending its text
     */
    record Working(String answer, boolean on, String text, List<PartView.Option> options) implements ServerFrame {
        public Working {
            options = List.copyOf(options);
        }
    }

    record Ping() implements ServerFrame {}

    record Pong(long id) implements ServerFrame {}

    /** The session goes on under another token. */
    record Replaced(String token, Optional<String> conversation) implements ServerFrame {}

    /** Too much was missed: drop what is shown and load the newest page. */
    record Reset(long lastSeq) implements ServerFrame {}

    record Bye(String reason, int retryAfterMillis) implements ServerFrame {}

    /**
     * @param cid the sender's own name for it, empty for messages of others
     * @param answer the drafts it replaces, empty when there were none
     * @param replyTo the message it replies to
     */
    record MessageView(
            String id,
            String cid,
            AuthorView author,
            Instant at,
            List<PartView> parts,
            String answer,
            Optional<QuoteView> replyTo) {
        public MessageView {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A message that another one replies to.
     *
     * @param text how it began; empty when it had no words
     */
    record QuoteView(String id, AuthorView author, String text) {}

    /**
     * @param kind {@code customer}, {@code bot}, {@code agent} or {@code hub}
     * @param name empty when there is none to show
     */
    record AuthorView(String kind, String name) {}

    /** One piece of a message. */
    sealed interface PartView {
        record Text(String text) implements PartView {}

        /**
         * @param url relative and signed; good for some minutes
         */
        record File(String fileId, String name, String mime, long size, String url) implements PartView {}

        record Menu(String text, List<Option> options) implements PartView {
            public Menu {
                options = List.copyOf(options);
            }
        }

        record Option(String id, String text) {}

        record Unsupported(String type) implements PartView {}
    }
}
