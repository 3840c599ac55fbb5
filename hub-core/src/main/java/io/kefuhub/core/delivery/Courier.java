package io.kefuhub.core.delivery;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.Commit;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.EventBody;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.telemetry.ChannelWatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands replies to channels that are sent to: one at a time and in order within a conversation, side by side across
 * them, again and again until the platform has them or never will. What follows a message of an answer that goes in several
 * comes a little later.
 *
 * <p>What is READY in the database is what is to be handed over; this only remembers whose turn it is. Safe for threads.
 */
public final class Courier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final int RECOVERED_AT_ONCE = 1_000;
    private static final int DEFECTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Database database;
    private final Handover handover;
    private final Messages messages = new Messages();
    private final ConcurrentHashMap<ConversationId, Deque<StoredMessage>> rounds = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public Courier(
            Database database,
            Journal journal,
            Guard guard,
            Function<ChannelId, Optional<Slot<Channel>>> channels,
            InstantSource clock,
            RetryPlan plan,
            Topic<Commit> commits,
            ChannelWatch watch) {
        this.database = database;
        this.handover = new Handover(database, journal, guard, channels, clock, plan, watch, () -> closed);
        commits.subscribe(this::committed);
    }

    /** Takes up what was READY when the hub last ended. */
    public void recover() {
        var last = Optional.<Messages.Placed>empty();
        do {
            var from = last;
            var page = database.read(db -> messages.inState(db, MessageState.READY, from, RECOVERED_AT_ONCE));
            for (var placed : page) add(placed.conversation(), placed.message());
            last = page.size() < RECOVERED_AT_ONCE ? Optional.empty() : Optional.of(page.getLast());
        } while (last.isPresent());
    }

    /**
     * Takes note of what a platform says later about a reply it had taken: one that did not reach the customer has failed,
     * and agents see it.
     *
     * @param deliveryId the {@link Delivery#id} that it was handed over with
     */
    public void receipt(String deliveryId, Delivered outcome) {
        if (!(outcome instanceof Delivered.Undeliverable(var reason))) return;
        var id = MessageId.parse(deliveryId);
        database.read(db -> messages.place(db, id)).ifPresent(placed -> {
            if (placed.message().state() == MessageState.SENT) {
                handover.fail(placed.conversation(), placed.message(), new Failure(Handover.storable(reason), false));
            }
        });
    }

    private void committed(Commit commit) {
        for (var event : commit.events()) {
            if (event.body() instanceof EventBody.Said(var message) && message.state() == MessageState.READY) {
                add(commit.after().id(), message);
            }
        }
    }

    private void add(ConversationId conversation, StoredMessage message) {
        rounds.compute(conversation, (_, waiting) -> {
            if (waiting != null) {
                waiting.add(message);
                return waiting;
            }
            var round = new ArrayDeque<StoredMessage>();
            round.add(message);
            Thread.ofVirtual().name("courier-" + conversation).start(() -> walk(conversation));
            return round;
        });
    }

    private void walk(ConversationId conversation) {
        while (!closed) {
            var next = new StoredMessage[1];
            rounds.computeIfPresent(conversation, (_, waiting) -> {
                var message = waiting.poll();
                if (message == null) return null;
                next[0] = message;
                return waiting;
            });
            if (next[0] == null) return;
            try {
                handOver(conversation, next[0]);
                if (Chunks.isOne(next[0])) Thread.sleep(Pace.APART);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Goes on while the database is away; gives up after a few defects, which leaves the message for the next start. */
    private void handOver(ConversationId conversation, StoredMessage message) throws InterruptedException {
        for (var defects = 0; !closed && defects < DEFECTS; ) {
            try {
                handover.run(conversation, message);
                return;
            } catch (RuntimeException e) {
                if (closed) return;
                if (!Handover.isAway(e)) {
                    defects++;
                    LOG.error("Message {} was not handed over", message.id(), e);
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
