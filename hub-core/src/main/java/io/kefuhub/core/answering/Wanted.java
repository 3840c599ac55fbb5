package io.kefuhub.core.answering;

import io.kefuhub.api.ai.Cancel;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.delivery.GrowingAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the answer of one turn is still wanted. Safe for threads; telling it something never waits.
 *
 * <p>It can be called off while a responder is waited for, once. When the turn has decided what to say, nothing that the
 * customer writes changes that any more.
 */
final class Wanted implements Cancel {
    private static final Logger LOG = LoggerFactory.getLogger(Wanted.class);

    private final int epoch;
    private final boolean mayBeJoined;
    private final Sentences sentences;
    private final CompletableFuture<Why> off = new CompletableFuture<>();
    private final List<Runnable> actions = new ArrayList<>();
    /** What was written before anybody was waited for. */
    private final List<StoredMessage> early = new ArrayList<>();

    private Optional<GrowingAnswer> waitedFor = Optional.empty();
    private Set<String> offered = Set.of();
    private boolean decided;

    /** Why it is not wanted any more. */
    enum Why {
        /** The customer wrote more before anything was shown; it is answered together. */
        WROTE_ON(true, false),
        /** The customer chose what was offered beside the wait; that is answered alone. */
        CHOSE(true, false),
        ASKED_FOR_PERSON(true, true),
        /** Somebody else speaks now, or nobody. */
        TAKEN_OVER(false, true),
        TOO_LATE(false, true),
        /** What was asked was taken back or changed. */
        REVISED(true, false),
        HUB_ENDS(true, false);

        private final boolean left;
        private final boolean kept;

        Why(boolean left, boolean kept) {
            this.left = left;
            this.kept = kept;
        }

        /** Whether the questions of the turn are left to the next. */
        boolean isLeft() {
            return left;
        }

        /** Whether agents may see an answer that comes all the same. */
        boolean isKept() {
            return kept;
        }
    }

    /**
     * @param epoch that the answer would be said under
     * @param mayBeJoined whether what the customer writes on may call it off
     * @param sentences know who asks for a person
     */
    Wanted(int epoch, boolean mayBeJoined, Sentences sentences) {
        this.sentences = sentences;
        this.epoch = epoch;
        this.mayBeJoined = mayBeJoined;
    }

    /** A responder is waited for from now on, which may take long. */
    synchronized void waitsFor(GrowingAnswer answer) {
        waitedFor = Optional.of(answer);
        early.forEach(this::wroteOn);
        early.clear();
    }

    /** These were offered beside the wait. */
    synchronized void offered(Set<String> texts) {
        offered = Set.copyOf(texts);
    }

    /** The turn has decided; says why it should not have, if it was called off before. */
    synchronized Optional<Why> decided() {
        decided = true;
        return why();
    }

    /** The customer wrote again. */
    synchronized void wroteOn(StoredMessage message) {
        if (decided) return;
        if (waitedFor.isEmpty()) {
            early.add(message);
            return;
        }
        var text = message.message().text();
        if (sentences.asksForPerson(text)) call(Why.ASKED_FOR_PERSON);
        else if (offered.contains(text.strip())) call(Why.CHOSE);
        else if (mayBeJoined && waitedFor.get().stopUnlessShown()) call(Why.WROTE_ON);
    }

    /** Somebody speaks under this epoch now. */
    synchronized void speaks(int now) {
        if (now != epoch) call(Why.TAKEN_OVER);
    }

    synchronized void call(Why why) {
        if (decided || off.isDone()) return;
        waitedFor.ifPresent(GrowingAnswer::stop);
        off.complete(why);
        // Foreign code, perhaps, and called by those who must not wait.
        if (!actions.isEmpty()) Thread.ofVirtual().name("cancel").start(running(List.copyOf(actions)));
        actions.clear();
    }

    private static Runnable running(List<Runnable> actions) {
        return () -> actions.forEach(action -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.warn("An answer was not called off as its responder wished", e);
            }
        });
    }

    /** Completes with the reason when it is called off. */
    CompletableFuture<Why> off() {
        return off;
    }

    Optional<Why> why() {
        return off.isDone() ? Optional.of(off.join()) : Optional.empty();
    }

    @Override
    public boolean isRequested() {
        return off.isDone();
    }

    @Override
    public void onRequest(Runnable action) {
        synchronized (this) {
            if (!off.isDone() && !decided) {
                actions.add(action);
                return;
            }
            if (!off.isDone()) return;
        }
        action.run();
    }
}
