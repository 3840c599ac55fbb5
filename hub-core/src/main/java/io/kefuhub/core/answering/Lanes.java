package io.kefuhub.core.answering;

import io.kefuhub.core.conversation.Commit;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Conversations;
import io.kefuhub.core.conversation.EventBody;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAwayException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane for each conversation that has questions: its turns are taken one at a time, in order, each on a virtual
 * thread; conversations go side by side. What lies in a lane when a turn starts is taken together.
 *
 * <p>What is RECEIVED in the database is what is to be answered; a lane only remembers whose turn it is. Safe for threads.
 */
public final class Lanes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int RECOVERED_AT_ONCE = 1_000;

    private final Turns turns;
    private final Database database;
    private final Messages messages = new Messages();
    private final Conversations conversations = new Conversations();
    private final ConcurrentHashMap<ConversationId, Lane> lanes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private static final class Lane {
        final List<StoredMessage> waiting = new ArrayList<>();
        Conversation conversation;

        Lane(Conversation conversation) {
            this.conversation = conversation;
        }
    }

    private record Taken(Conversation conversation, List<StoredMessage> messages) {}

    public Lanes(Turns turns, Database database) {
        this.turns = turns;
        this.database = database;
    }

    /** Puts the questions of a commit into their lane; returns at once. */
    public void committed(Commit commit) {
        for (var event : commit.events()) {
            if (event.body() instanceof EventBody.Said(var message) && message.state() == MessageState.RECEIVED) {
                add(commit.after(), message);
            }
        }
    }

    private void add(Conversation conversation, StoredMessage message) {
        if (closed) return;
        lanes.compute(conversation.id(), (id, lane) -> {
            var mine = lane;
            if (mine == null) {
                mine = new Lane(conversation);
                Thread.ofVirtual().name("lane").start(() -> run(id));
            }
            mine.waiting.add(message);
            mine.conversation = conversation;
            return mine;
        });
    }

    /** Takes up what was RECEIVED when the hub last ended; returns how many questions that were. */
    public int recover() {
        var count = 0;
        var last = Optional.<Messages.Placed>empty();
        do {
            var from = last;
            var page = database.read(db -> messages.inState(db, MessageState.RECEIVED, from, RECOVERED_AT_ONCE));
            takeUp(page);
            count += page.size();
            last = page.size() < RECOVERED_AT_ONCE ? Optional.empty() : Optional.of(page.getLast());
        } while (last.isPresent());
        return count;
    }

    private void takeUp(List<Messages.Placed> page) {
        var ids = page.stream().map(Messages.Placed::conversation).collect(Collectors.toSet());
        if (ids.isEmpty()) return;
        var known = database.read(db -> conversations.findAll(db, ids)).stream()
                .collect(Collectors.toMap(Conversation::id, conversation -> conversation));
        for (var placed : page) {
            var conversation = known.get(placed.conversation());
            if (conversation != null) add(conversation, placed.message());
        }
    }

    private void run(ConversationId id) {
        for (var next = take(id); next.isPresent() && !closed; next = take(id)) {
            answer(next.get());
        }
    }

    /** Takes what lies in the lane; an empty lane is removed in the same step. */
    private Optional<Taken> take(ConversationId id) {
        var taken = new ArrayList<Taken>(1);
        lanes.computeIfPresent(id, (_, lane) -> {
            if (lane.waiting.isEmpty()) return null;
            taken.add(new Taken(lane.conversation, List.copyOf(lane.waiting)));
            lane.waiting.clear();
            return lane;
        });
        return taken.stream().findFirst();
    }

    private void answer(Taken taken) {
        var defects = 0;
        while (!closed) {
            try {
                if (defects < TRIES) {
                    turns.take(taken.conversation(), taken.messages()).join();
                } else {
                    turns.handOver(taken.conversation(), taken.messages()).join();
                }
                return;
            } catch (CompletionException | DatabaseAwayException e) {
                if (!isAway(e)) defects++;
                if (pauseAfter(e, taken, defects)) return;
            } catch (RuntimeException e) {
                if (pauseAfter(e, taken, ++defects)) return;
            }
        }
    }

    /** Waits a moment; says whether to give up, which leaves the questions for the next start. */
    private boolean pauseAfter(RuntimeException failure, Taken taken, int defects) {
        if (closed) return true;
        if (isAway(failure)) {
            LOG.debug(
                    "A turn of {} waits for the database", taken.conversation().id());
        } else {
            LOG.error("A turn of {} failed", taken.conversation().id(), failure);
        }
        try {
            Thread.sleep(PAUSE);
            return defects > TRIES;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof DatabaseAwayException || failure.getCause() instanceof DatabaseAwayException;
    }

    @Override
    public void close() {
        closed = true;
    }
}
