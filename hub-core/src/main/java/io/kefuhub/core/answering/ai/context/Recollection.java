package io.kefuhub.core.answering.ai.context;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kefuhub.core.conversation.Commit;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.EventBody;
import io.kefuhub.core.conversation.Events;
import io.kefuhub.core.conversation.FeedEvent;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAwayException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers conversations that models answer: facts at once, a summary when there is much to sum up. Safe for threads.
 *
 * <p>A turn reads what is kept and the few events since; what it adds is written after the turn, on a thread of its own. If
 * that is late or fails, the next turn reads the events again.
 */
public final class Recollection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recollection.class);
    private static final int PAGE = 200;
    private static final int PAGES = 50;
    private static final int FIRST_SAID = 300;
    private static final Set<MessageState> SAID = Set.of(
            MessageState.ANSWERED, MessageState.WAITING, MessageState.READY, MessageState.SENT, MessageState.FAILED);

    private final Database database;
    private final Summaries summaries;
    private final InstantSource clock;
    private final Supplier<SummaryRules> rules;
    private final Events events = new Events();
    private final Memories memories = new Memories();
    private final Cache<ConversationId, Watched> watched = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterAccess(Duration.ofHours(1))
            .build();
    private final Set<ConversationId> working = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * How a conversation is asked about.
     *
     * @param exchanges how many turns the last prompt held
     */
    record Watched(SummaryOrder order, int exchanges) {}

    public Recollection(Database database, Summaries summaries, InstantSource clock, Supplier<SummaryRules> rules) {
        this.database = database;
        this.summaries = summaries;
        this.clock = clock;
        this.rules = rules;
    }

    /** What is known when a turn begins; what is being asked just now is no part of it. */
    public Recalled recall(ConversationId conversation) {
        var memory = database.read(db -> {
            var kept = memories.now(db, conversation);
            return further(kept, events.after(db, conversation, kept.covered(), PAGE));
        });
        var now = clock.instant();
        var session = memory.sessionEndedAt()
                .filter(ended -> now.isAfter(ended.plus(rules.get().session())))
                .orElse(Instant.EPOCH);
        var earlier = memory.summary()
                .map(Summary::text)
                .or(() -> Optional.of(memory.firstSaid())
                        .filter(text -> !text.isEmpty())
                        .map(text -> "The customer began with: " + text));
        return new Recalled(memory.facts(), earlier, session);
    }

    /**
     * Says that a turn of a conversation was answered by a model, so that it is remembered once it is committed.
     *
     * @param exchanges how many turns the prompt held; what stands before them is summed up
     */
    public void answered(ConversationId conversation, SummaryOrder order, int exchanges) {
        watched.put(conversation, new Watched(order, exchanges));
    }

    /** Takes down, later, what was said. */
    public void committed(Commit commit) {
        var known = watched.getIfPresent(commit.after().id());
        if (known == null || closed) return;
        if (commit.events().stream().noneMatch(event -> isReply(event.body()))) return;
        var conversation = commit.after().id();
        if (!working.add(conversation)) return;
        Thread.ofVirtual().name("recollection").start(() -> {
            try {
                takeDown(conversation);
                summaries.sumUp(conversation, known);
            } catch (DatabaseAwayException e) {
                LOG.debug("What was said in {} is taken down later: the database is away", conversation);
            } finally {
                working.remove(conversation);
            }
        });
    }

    private static boolean isReply(EventBody body) {
        return body instanceof EventBody.Said(var message) && message.speaker().kind() != Speaker.Kind.CUSTOMER;
    }

    /** Brings the memory up to the last event that is settled. */
    void takeDown(ConversationId conversation) {
        for (var page = 0; page < PAGES && !closed; page++) {
            var done = database.inTransaction(tx -> {
                var kept = memories.now(tx, conversation);
                var since = events.after(tx, conversation, kept.covered(), PAGE);
                var after = further(kept, since);
                if (after.covered() > kept.covered()) memories.keep(tx, conversation, after, clock.instant());
                return since.size() < PAGE || after.covered() == kept.covered();
            });
            if (done) return;
        }
    }

    /** What is known after these events; ends before the first question that is not answered yet. */
    private static Memory further(Memory memory, Iterable<FeedEvent> since) {
        var after = memory;
        for (var event : since) {
            if (event.body() instanceof EventBody.Said(var message) && message.state() == MessageState.RECEIVED) break;
            after = further(after, event);
        }
        return after;
    }

    private static Memory further(Memory memory, FeedEvent event) {
        var facts = memory.facts();
        var first = memory.firstSaid();
        var ended = memory.sessionEndedAt();
        switch (event.body()) {
            case EventBody.Said(var message) -> {
                facts = further(facts, message);
                if (first.isEmpty()) first = begun(message);
            }
            case EventBody.Changed(var message) -> facts = further(facts, message);
            case EventBody.Entered(var mode, var _)
            when mode == Mode.CLOSED || mode == Mode.WAITING -> ended = Optional.of(event.at());
            case EventBody.Entered _,
                    EventBody.Read _,
                    EventBody.Noted _,
                    EventBody.Languages _,
                    EventBody.Rated _,
                    EventBody.Reviewed _ -> {}
        }
        return new Memory(
                memory.revision(),
                event.feed(),
                facts,
                first,
                ended,
                memory.summary(),
                memory.summarised(),
                memory.summarisedMessage());
    }

    private static FactCard further(FactCard facts, StoredMessage message) {
        if (!SAID.contains(message.state())) return facts;
        return facts.plus(message.message().text(), message.speaker().kind() == Speaker.Kind.CUSTOMER);
    }

    private static String begun(StoredMessage message) {
        if (message.speaker().kind() != Speaker.Kind.CUSTOMER || !SAID.contains(message.state())) return "";
        var text = message.message().text();
        return text.substring(0, Math.min(FIRST_SAID, text.length()));
    }

    @Override
    public void close() {
        closed = true;
    }
}
