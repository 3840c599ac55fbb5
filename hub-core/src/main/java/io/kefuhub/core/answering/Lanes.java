package io.kefuhub.core.answering;

import io.kefuhub.core.conversation.Commit;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Conversations;
import io.kefuhub.core.conversation.EventBody;
import io.kefuhub.core.conversation.FeedEvent;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.delivery.Said;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lane for each conversation that has questions: its turns are taken one at a time, in order, each on a virtual
 * thread; conversations go side by side. What lies in a lane when a turn starts is taken together, and so is what comes
 * while a turn waits for a responder and nothing of the answer has been shown.
 *
 * <p>What is RECEIVED in the database is what is to be answered; a lane only remembers whose turn it is. Safe for threads.
 */
public final class Lanes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
    private static final int TRIES = 3;
    /** Somebody who writes on and on is answered all the same. */
    private static final int CALLED_OFF_AT_MOST = 5;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int RECOVERED_AT_ONCE = 1_000;

    private final Turns turns;
    private final Database database;
    private final Messages messages = new Messages();
    private final Conversations conversations = new Conversations();
    private final ConcurrentHashMap<ConversationId, Lane> lanes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Read and changed only while its conversation's entry is. */
    private static final class Lane {
        final List<StoredMessage> waiting = new ArrayList<>();
        /** What the turn under way is about. */
        final Set<MessageId> heard = new HashSet<>();
        /** What of that its author has changed or taken back meanwhile, as it is now. */
        final Map<MessageId, StoredMessage> revised = new LinkedHashMap<>();

        Conversation conversation;
        /** What the last turn left to the next. */
        Heard left = Heard.NOTHING;

        Optional<Wanted> underWay = Optional.empty();

        /** Whether the hub had ended before some of what waits was answered. */
        boolean recovered;

        Lane(Conversation conversation) {
            this.conversation = conversation;
        }

        void revise(StoredMessage message) {
            if (heard.contains(message.id())) {
                revised.put(message.id(), message);
            } else if (waiting.removeIf(one -> one.id().equals(message.id())) && isOpen(message)) {
                waiting.add(message);
            }
        }

        /** Nothing is under way: what was left is as it is now. */
        void settle() {
            left = left.without(revised.keySet());
            waiting.removeIf(one -> revised.containsKey(one.id()));
            waiting.addAll(0, revised.values().stream().filter(Lanes::isOpen).toList());
            revised.clear();
            heard.clear();
        }
    }

    /** @param again whether an answer may have been begun before */
    private record Taken(ConversationId id, Heard left, List<StoredMessage> messages, boolean again) {
        Taken tried() {
            return new Taken(id, left, messages, true);
        }
    }

    /** A turn that begins, or begins again. */
    private record Begun(Conversation conversation, Wanted wanted) {}

    public Lanes(Turns turns, Database database) {
        this.turns = turns;
        this.database = database;
    }

    /** Puts the questions of a commit into their lane; returns at once. */
    public void committed(Commit commit) {
        if (commit.events().stream().anyMatch(Lanes::isSaidToCustomer)) stands(commit.after());
        for (var event : commit.events()) {
            if (event.body() instanceof EventBody.Said(var message) && message.state() == MessageState.RECEIVED) {
                add(commit.after(), message);
            } else if (event.body() instanceof EventBody.Changed(var message) && isRevised(message)) {
                revised(commit.after(), message);
            } else if (event.body() instanceof EventBody.Changed(var message) && message.isHeardAgain()) {
                add(commit.after(), message);
            } else if (event.body() instanceof EventBody.Entered) {
                entered(commit.after());
            }
        }
    }

    private static boolean isSaidToCustomer(FeedEvent event) {
        return event.body() instanceof EventBody.Said(var message)
                && message.speaker().kind() != Speaker.Kind.CUSTOMER;
    }

    /** Whether its author may have changed it or taken it back, which a lane must know. */
    private static boolean isRevised(StoredMessage message) {
        return message.state() == MessageState.TAKEN_BACK
                || (isOpen(message) && message.edits().isPresent());
    }

    private static boolean isOpen(StoredMessage message) {
        return message.state() == MessageState.RECEIVED;
    }

    /** An answer made before is stale, whatever it answers: what was said is not what it was. */
    private void revised(Conversation conversation, StoredMessage message) {
        var isHere = new boolean[1];
        lanes.computeIfPresent(conversation.id(), (_, lane) -> {
            isHere[0] = lane.heard.contains(message.id())
                    || lane.waiting.stream().anyMatch(one -> one.id().equals(message.id()));
            lane.conversation = conversation;
            lane.revise(message);
            lane.underWay.ifPresent(wanted -> wanted.call(Wanted.Why.REVISED));
            return lane;
        });
        if (!isHere[0] && isOpen(message)) add(conversation, message);
    }

    /** The next turn begins where this one ended: what was said counts, where a platform allows only so much. */
    private void stands(Conversation conversation) {
        lanes.computeIfPresent(conversation.id(), (_, lane) -> {
            lane.conversation = conversation;
            return lane;
        });
    }

    /** Somebody else speaks: what the hub is about to say is not wanted any more, from this commit on. */
    private void entered(Conversation conversation) {
        lanes.computeIfPresent(conversation.id(), (_, lane) -> {
            lane.conversation = conversation;
            lane.underWay.ifPresent(wanted -> wanted.speaks(conversation.epoch()));
            return lane;
        });
    }

    private void add(Conversation conversation, StoredMessage message) {
        add(conversation, message, false);
    }

    private void add(Conversation conversation, StoredMessage message, boolean recovered) {
        if (closed) return;
        lanes.compute(conversation.id(), (id, lane) -> {
            var mine = lane;
            if (mine == null) {
                mine = new Lane(conversation);
                Thread.ofVirtual().name("lane").start(() -> run(id));
            }
            mine.waiting.add(message);
            mine.recovered |= recovered;
            mine.conversation = conversation;
            mine.underWay.ifPresent(wanted -> wanted.wroteOn(message));
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
            if (conversation != null) add(conversation, placed.message(), true);
        }
    }

    private void run(ConversationId id) {
        for (var next = take(id); next.isPresent() && !closed; next = take(id)) {
            var left = answer(next.get());
            lanes.computeIfPresent(id, (_, lane) -> {
                lane.left = left;
                lane.underWay = Optional.empty();
                return lane;
            });
        }
    }

    /** Takes what lies in the lane; an empty lane is removed in the same step. */
    private Optional<Taken> take(ConversationId id) {
        var taken = new ArrayList<Taken>(1);
        lanes.computeIfPresent(id, (_, lane) -> {
            lane.settle();
            if (lane.waiting.isEmpty() && lane.left.isEmpty()) return null;
            taken.add(new Taken(id, lane.left, List.copyOf(lane.waiting), lane.recovered));
            lane.recovered = false;
            Stream.concat(lane.left.messages().stream(), lane.waiting.stream())
                    .map(StoredMessage::id)
                    .forEach(lane.heard::add);
            lane.waiting.clear();
            lane.left = Heard.NOTHING;
            return lane;
        });
        return taken.stream().findFirst();
    }

    /** Takes a turn; returns what it leaves to the next. */
    private Heard answer(Taken first) {
        var taken = first;
        var defects = 0;
        while (!closed) {
            var found = begin(taken);
            if (found.isEmpty()) return taken.left();
            var begun = found.get();
            try {
                if (defects == TRIES) {
                    var said = turns.handOver(begun.conversation(), taken.left(), taken.messages())
                            .join();
                    if (said instanceof Said.Stale) continue;
                    return Heard.NOTHING;
                }
                if (taken.again()) {
                    var rest = turns.endBroken(begun.conversation(), taken.left(), taken.messages());
                    if (rest.isPresent() && rest.get().isEmpty()) return Heard.NOTHING;
                    if (rest.isPresent()) {
                        taken = new Taken(taken.id(), rest.get(), List.of(), false);
                        continue;
                    }
                }
                switch (turns.take(begun.conversation(), taken.left(), taken.messages(), begun.wanted())) {
                    case Turns.Ended.Decided(var saying, var heard) -> {
                        if (saying.join() instanceof Said.Stale) return heard.again();
                    }
                    case Turns.Ended.Left(var heard) -> {
                        return heard;
                    }
                }
                return Heard.NOTHING;
            } catch (CompletionException | DatabaseAwayException e) {
                if (!isAway(e)) defects++;
                if (pauseAfter(e, taken, defects)) return Heard.NOTHING;
            } catch (RuntimeException e) {
                if (pauseAfter(e, taken, ++defects)) return Heard.NOTHING;
            } catch (InterruptedException e) {
                return Heard.NOTHING;
            }
            taken = taken.tried();
        }
        return Heard.NOTHING;
    }

    /**
     * From now on the turn hears of what happens in its conversation, which is as it stands now. Empty when what was taken is
     * not what it was any more, and lies in the lane again.
     */
    private Optional<Begun> begin(Taken taken) {
        var begun = new ArrayList<Begun>(1);
        lanes.computeIfPresent(taken.id(), (_, lane) -> {
            if (!lane.revised.isEmpty()) {
                lane.waiting.addAll(0, taken.messages());
                return lane;
            }
            var wanted = turns.wanted(lane.conversation.epoch(), taken.left().calledOff() < CALLED_OFF_AT_MOST);
            lane.underWay = Optional.of(wanted);
            begun.add(new Begun(lane.conversation, wanted));
            if (closed) wanted.call(Wanted.Why.HUB_ENDS);
            return lane;
        });
        return begun.stream().findFirst();
    }

    /** Waits a moment; says whether to give up, which leaves the questions for the next start. */
    private boolean pauseAfter(RuntimeException failure, Taken taken, int defects) {
        if (closed) return true;
        if (isAway(failure)) {
            LOG.debug("A turn of {} waits for the database", taken.id());
        } else {
            LOG.error("A turn of {} failed", taken.id(), failure);
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
        // Models are not kept busy for an end; their questions are found at the next start.
        for (var id : lanes.keySet()) {
            lanes.computeIfPresent(id, (_, lane) -> {
                lane.underWay.ifPresent(wanted -> wanted.call(Wanted.Why.HUB_ENDS));
                return lane;
            });
        }
    }
}
