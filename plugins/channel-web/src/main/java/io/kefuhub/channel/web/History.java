package io.kefuhub.channel.web;

import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.channel.TimelineEvent;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.channel.web.frame.BadFrame;
import io.kefuhub.channel.web.frame.Json;
import io.kefuhub.channel.web.frame.JsonFrames;
import io.kefuhub.channel.web.frame.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What was said, for its own visitor: by the page, as a stream, and what they think of it. Safe for threads. */
final class History {
    private static final int MOST = 500;
    private static final int STANDARD = 100;
    private static final int LONGEST_OPINION = 1_000;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");

    private final Chat chat;

    History(Chat chat) {
        this.chat = chat;
    }

    Optional<Timeline.Thread> own(Session session) {
        return session.isKept() ? chat.context().timeline().find(session.thread()) : Optional.empty();
    }

    /** A page forward from {@code after}, or backward from {@code before}. */
    WebReply page(WebRequest request, Session session) throws BadFrame {
        var after = number(request, "after");
        var before = number(request, "before");
        var limit = Math.clamp(number(request, "limit").orElse((long) STANDARD), 1, MOST);
        var thread = own(session);
        if (thread.isEmpty()) return page("", List.of(), 0, false);
        var id = thread.get().conversationId();
        var lastSeq = thread.get().lastSeq();
        if (before.isPresent()) {
            var events = chat.context().timeline().before(id, before.get(), limit);
            return page(
                    id, events, lastSeq, !events.isEmpty() && events.getFirst().seq() > 1);
        }
        var events = chat.context().timeline().after(id, after.orElse(0L), limit);
        return page(id, events, lastSeq, !events.isEmpty() && events.getLast().seq() < lastSeq);
    }

    private WebReply page(String conversation, List<TimelineEvent> events, long lastSeq, boolean more) {
        return HttpCalls.json(Json.write(json -> {
            json.writeStartObject();
            if (!conversation.isEmpty()) json.writeStringField("conversation", conversation);
            json.writeArrayFieldStart("events");
            for (var event : events) JsonFrames.write(json, chat.views().event(event));
            json.writeEndArray();
            json.writeNumberField("lastSeq", lastSeq);
            json.writeBooleanField("more", more);
            json.writeEndObject();
        }));
    }

    /** The same frames as over a socket; a browser that comes back names the last one it got. */
    WebReply stream(WebRequest request, Session session) throws BadFrame {
        var after = number(request, "after").orElse(0L);
        var last = request.header("last-event-id")
                .filter(NUMBER.asMatchPredicate())
                .map(Long::parseLong);
        var address = Addresses.network(request.address());
        var refusal = SocketCalls.refusal(chat.clients().enter(address));
        if (refusal.isPresent()) return refusal.get();
        return WebReply.events(new StreamClient(chat, session, address, last.orElse(after)))
                .withHeader("X-Accel-Buffering", "no");
    }

    /** What the visitor thinks of one message, or of the conversation. */
    WebReply feedback(JsonObject body, Session session) throws BadFrame {
        var message = body.find("messageId");
        var conversation = message.isEmpty() ? Optional.of(body.text("conversationId")) : body.find("conversationId");
        var score = body.number("score");
        var text = body.find("text").orElse("").replace("\0", "");
        var own = own(session).map(Timeline.Thread::conversationId);
        if (own.isEmpty() || !conversation.or(() -> own).equals(own)) return Problems.notFound();
        if (score < 1 || score > 5) return Problems.of(422, "bad_score", "A score runs from 1 to 5.");
        if (text.length() > LONGEST_OPINION) {
            return Problems.of(422, "too_long", "An opinion has " + LONGEST_OPINION + " characters at most.");
        }
        var inbox = chat.context().inbox();
        if (message.isEmpty()) inbox.rating(session.thread(), (int) score, text);
        else if (!inbox.rating(session.thread(), message.get(), (int) score, text)) return Problems.notFound();
        return WebReply.empty(204);
    }

    private static Optional<Long> number(WebRequest request, String name) throws BadFrame {
        var text = request.parameter(name);
        if (text.isEmpty()) return Optional.empty();
        if (!NUMBER.matcher(text.get()).matches()) throw new BadFrame(BadFrame.MALFORMED, name + " is no number");
        return text.map(Long::parseLong);
    }
}
