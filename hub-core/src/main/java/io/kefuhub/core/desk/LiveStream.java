package io.kefuhub.core.desk;

import io.kefuhub.core.conversation.Commit;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.LiveConversations;
import io.kefuhub.core.conversation.Presence;
import io.kefuhub.core.filtering.Sight;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.SseWriter;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * One console's stream. Others put news in and never wait; one virtual thread, that of the request, writes it out. When
 * the reader is too slow for the queue the stream ends, and the browser comes back and resumes.
 */
final class LiveStream implements LiveConversations.Follower {
    private static final int QUEUE = 1024;
    private static final int BATCH = 200;

    private final Caller caller;
    private final Sight sight;
    private final Optional<Watched> watched;
    private final ArrayBlockingQueue<News> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicBoolean woken = new AtomicBoolean();
    /** The newest that was not yet written: a slow reader sees fewer and longer pieces. */
    private final AtomicReference<Optional<Presence.Drafted>> draft = new AtomicReference<>(Optional.empty());

    private volatile boolean ended;

    /** A conversation that is looked at, and how much of it is known. */
    record Watched(ConversationId conversation, UUID desk, long after) {}

    private record News(String name, Optional<String> id, Object data) {}

    /** Says only that there is more of the answer that is being made. */
    private static final News DRAFT = new News("", Optional.empty(), "");

    /** Says only that the watched conversation has something new. */
    private static final News WAKE = new News("", Optional.empty(), "");

    LiveStream(Caller caller, Sight sight, Optional<Watched> watched) {
        this.caller = caller;
        this.sight = sight;
        this.watched = watched;
    }

    Caller caller() {
        return caller;
    }

    void changed(LiveRing.Change change) {
        if (caller.mayRead(change.summary().desk())) {
            put(new News("inbox", Optional.of(change.position()), change.summary()));
        }
    }

    void counted(String position, InboxRows.Counts counts) {
        put(new News("counts", Optional.of(position), counts));
    }

    /** Something is kept for review in a conversation, or was decided. */
    void reviewing(Conversation conversation) {
        if (caller.mayRead(Inbox.deskOf(conversation))) {
            put(new News(
                    "review",
                    Optional.empty(),
                    Map.of("conversation", conversation.id().value())));
        }
    }

    /** How something stands that only those who set the hub up hear of. */
    void stands(String name, Object now) {
        if (Access.ADMIN.allows(caller.roles())) put(new News(name, Optional.empty(), now));
    }

    void reset(String position) {
        put(new News("reset", Optional.of(position), Map.of("stream", position)));
    }

    @Override
    public void committed(Commit commit) {
        wake();
    }

    @Override
    public void present(Presence presence) {
        switch (presence) {
            case Presence.CustomerTyping(var conversation, var on) ->
                put(typing(conversation, Map.of("kind", "customer"), on));
            case Presence.AgentTyping(var conversation, var agent, var on) ->
                put(typing(conversation, Map.of("kind", "agent", "id", agent.id(), "name", agent.name()), on));
            case Presence.Drafted drafted -> {
                if (draft.getAndSet(Optional.of(drafted)).isEmpty()) put(DRAFT);
            }
            case Presence.Working(var conversation, var answer, var on, var words, var _) ->
                put(new News(
                        "working",
                        Optional.empty(),
                        Map.of("conversation", conversation.value(), "answer", answer, "on", on, "words", words)));
        }
    }

    /** Ends soon. */
    void end() {
        ended = true;
        queue.clear();
        wake();
    }

    /** Writes until the reader goes away, is too slow, or may look no longer. */
    void run(
            SseWriter out, String position, Clock clock, Duration ping, LiveConversations live, BooleanSupplier allowed)
            throws IOException, InterruptedException {
        out.event("hello", Optional.empty(), Map.of("stream", position, "at", clock.instant()));
        var feed = watched.map(Watched::after).orElse(0L);
        while (!ended) {
            if (watched.isPresent()) feed = catchUp(out, watched.get(), feed, live);
            out.flush();
            var news = queue.poll(ping.toMillis(), TimeUnit.MILLISECONDS);
            if (news == null) {
                if (!allowed.getAsBoolean()) return;
                out.event("ping", Optional.empty(), Map.of("at", clock.instant()));
            }
            for (; news != null; news = queue.poll()) {
                if (news == WAKE) {
                    woken.set(false);
                } else if (news == DRAFT) {
                    writeDraft(out);
                } else {
                    out.event(news.name(), news.id(), shown(news.data()));
                }
            }
        }
    }

    private Object shown(Object data) {
        return data instanceof Summary summary ? sight.shown(caller, summary.id(), summary.desk(), summary) : data;
    }

    private void writeDraft(SseWriter out) throws IOException {
        var newest = draft.getAndSet(Optional.empty());
        // Of what grows nobody knows yet what it will be: whoever sees it covered sees it when it is whole.
        if (newest.isEmpty() || sight.isCovered(caller)) return;
        var drafted = newest.get();
        var data = Map.of(
                "conversation", drafted.conversation().value(),
                "answer", drafted.answerId(),
                "text", drafted.text());
        out.event("draft", Optional.empty(), data);
    }

    private long catchUp(SseWriter out, Watched watched, long known, LiveConversations live) throws IOException {
        var conversation = watched.conversation();
        var feed = known;
        while (true) {
            var events = live.after(conversation, feed, BATCH);
            for (var event : events) {
                var data = new LinkedHashMap<String, Object>();
                data.put("conversation", conversation.value());
                data.put(
                        "event",
                        sight.shown(caller, conversation.value(), watched.desk(), EventView.of(conversation, event)));
                out.event("event", Optional.empty(), data);
                feed = event.feed();
            }
            if (events.size() < BATCH) return feed;
        }
    }

    private void wake() {
        if (!woken.getAndSet(true)) put(WAKE);
    }

    private void put(News news) {
        if (!queue.offer(news)) ended = true;
    }

    private static News typing(ConversationId conversation, Map<String, Object> author, boolean on) {
        return new News(
                "typing", Optional.empty(), Map.of("conversation", conversation.value(), "author", author, "on", on));
    }
}
