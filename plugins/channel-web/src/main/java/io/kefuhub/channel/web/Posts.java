package io.kefuhub.channel.web;

import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.web.frame.ClientFrame.SentPart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Brings in what a visitor sends: judged, counted, stored once. Safe for threads. */
final class Posts {
    private static final Pattern CID = Pattern.compile("[A-Za-z0-9_.-]{1,36}");
    /** The code for a message that replies to one its sender cannot see, be it another's or nobody's. */
    static final String UNKNOWN_MESSAGE = "unknown_message";

    static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);
    static final String UNAVAILABLE = "The hub cannot store now; send the same again, under the same cid.";

    private final Chat chat;

    Posts(Chat chat) {
        this.chat = chat;
    }

    /** What became of a message. */
    sealed interface Posted {
        record Stored(String messageId, String conversation, long seq, Instant at) implements Posted {}

        /**
         * @param code for programs
         * @param pause after which the same message may be sent again; empty when it never may
         */
        record Refused(String code, String text, Optional<Duration> pause) implements Posted {}
    }

    Posted post(Session session, String cid, List<SentPart> sent, Optional<String> replyTo) {
        if (!CID.matcher(cid).matches()) {
            return never("bad_cid", "A cid has 1 to 36 letters, digits, dots, dashes and underscores.");
        }
        var parts = new ArrayList<Part>();
        for (var part : sent) {
            var judged = judge(part, session);
            if (judged instanceof Judged.Bad(var refused)) return refused;
            if (judged instanceof Judged.Good(var good)) parts.add(good);
        }
        if (parts.isEmpty()) return never("empty", "A message holds a text or a file.");
        var files = parts.stream().filter(Part.Media.class::isInstance).count();
        if (files > chat.limits().filesPerMessage()
                || parts.size() > chat.limits().filesPerMessage() + 1) {
            return never(
                    "too_many_parts",
                    "A message holds one text and " + chat.limits().filesPerMessage() + " files.");
        }
        var pause = chat.messages().take(session.visitor());
        if (pause.isPresent()) return new Posted.Refused("rate_limited", "Too many messages; wait a little.", pause);
        // Who has not said anything yet has nothing to reply to, and leaves no row.
        if (replyTo.isPresent() && !session.isKept()) return noSuchMessage();
        return store(session, cid, parts, replyTo);
    }

    private Posted store(Session session, String cid, List<Part> parts, Optional<String> replyTo) {
        chat.sessions().keep(session);
        var context = chat.context();
        var incoming = new Incoming(
                session.externalId(cid),
                session.thread(),
                session.contact(),
                parts,
                context.clock().instant(),
                session.language(),
                replyTo);
        return switch (context.inbox().accept(incoming)) {
            case Inbox.Accepted.Stored stored -> {
                for (var client : chat.clients().of(session.thread())) {
                    client.attach(stored.conversationId(), stored.seq());
                }
                yield new Posted.Stored(stored.messageId(), stored.conversationId(), stored.seq(), stored.at());
            }
            case Inbox.Accepted.NoSuchMessage() -> noSuchMessage();
            case Inbox.Accepted.NotStored(var reason, var retry) ->
                retry
                        ? new Posted.Refused("unavailable", UNAVAILABLE, Optional.of(AFTER_TROUBLE))
                        : never("refused", reason);
        };
    }

    private sealed interface Judged {
        record Good(Part part) implements Judged {}

        record Bad(Posted.Refused refused) implements Judged {}
    }

    private Judged judge(SentPart part, Session session) {
        return switch (part) {
            case SentPart.Text(var text) -> text(clean(text));
            case SentPart.File(var uploadId) -> file(uploadId, session);
            case SentPart.Unknown _ -> new Judged.Bad(never("unsupported", "A part is a text or a file."));
        };
    }

    private Judged text(String text) {
        if (text.isBlank()) return new Judged.Bad(never("empty", "A text says something."));
        var most = chat.limits().text();
        if (text.codePointCount(0, text.length()) > most) {
            return new Judged.Bad(never("too_long", "A text has " + most + " characters at most."));
        }
        return new Judged.Good(new Part.Text(text));
    }

    private Judged file(String uploadId, Session session) {
        var now = chat.context().clock().instant();
        return chat.links()
                .fileOf(uploadId, session.visitor(), now)
                .flatMap(chat.context().files()::find)
                .<Judged>map(file -> new Judged.Good(Part.Media.of(file)))
                .orElseGet(() -> new Judged.Bad(never("unknown_upload", "There is no such upload; upload it again.")));
    }

    /** Drops what no text may hold: NUL, and halves of characters. */
    private static String clean(String text) {
        if (text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c))) return text;
        return text.codePoints()
                .filter(c -> c != 0)
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Posted.Refused noSuchMessage() {
        return never(UNKNOWN_MESSAGE, "There is no such message to reply to; send it without.");
    }

    private static Posted.Refused never(String code, String text) {
        return new Posted.Refused(code, text, Optional.empty());
    }
}
