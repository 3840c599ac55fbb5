package io.kefuhub.core.delivery;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.message.Author;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.Commit;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Conversations;
import io.kefuhub.core.conversation.EventBody;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands replies to channels that are sent to: one at a time and in order within a conversation, side by side across
 * them, again and again until the platform has them or never will.
 *
 * <p>What is READY in the database is what is to be handed over; this only remembers whose turn it is. Safe for threads.
 */
public final class Courier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final int RECOVERED_AT_ONCE = 1_000;
    private static final int DEFECTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Database database;
    private final Journal journal;
    private final Guard guard;
    private final Function<ChannelId, Optional<Slot<Channel>>> channels;
    private final InstantSource clock;
    private final RetryPlan plan;
    private final Messages messages = new Messages();
    private final Conversations conversations = new Conversations();
    private final Deliveries deliveries = new Deliveries();
    private final ConcurrentHashMap<ConversationId, Deque<StoredMessage>> rounds = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public Courier(
            Database database,
            Journal journal,
            Guard guard,
            Function<ChannelId, Optional<Slot<Channel>>> channels,
            InstantSource clock,
            RetryPlan plan,
            Topic<Commit> commits) {
        this.database = database;
        this.journal = journal;
        this.guard = guard;
        this.channels = channels;
        this.clock = clock;
        this.plan = plan;
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
        if (!(outcome instanceof Delivered.Undeliverable)) return;
        var id = MessageId.parse(deliveryId);
        database.read(db -> messages.place(db, id)).ifPresent(placed -> {
            if (placed.message().state() == MessageState.SENT) {
                settle(placed.conversation(), placed.message(), MessageState.FAILED);
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
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Goes on while the database is away; gives up after a few defects, which leaves the message for the next start. */
    private void handOver(ConversationId conversation, StoredMessage message) throws InterruptedException {
        for (var defects = 0; !closed && defects < DEFECTS; ) {
            try {
                hand(conversation, message);
                return;
            } catch (RuntimeException e) {
                if (closed) return;
                if (!isAway(e)) {
                    defects++;
                    LOG.error("Message {} was not handed over", message.id(), e);
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof DatabaseAwayException || failure.getCause() instanceof DatabaseAwayException;
    }

    private void hand(ConversationId id, StoredMessage message) throws InterruptedException {
        var before = database.read(db -> deliveries.find(db, message.id()));
        var attempts = before.map(Deliveries.Progress::attempts).orElse(0);
        if (before.isPresent()) {
            Thread.sleep(positive(Duration.between(clock.instant(), before.get().dueAt())));
        }
        while (!closed) {
            attempts++;
            var outcome = attempt(id, message, attempts);
            var next = plan.next(outcome, attempts, Duration.between(message.at(), clock.instant()));
            var progress = new Deliveries.Progress(
                    attempts, clock.instant().plus(next.pause().orElse(Duration.ZERO)));
            database.useTransaction(
                    tx -> deliveries.keep(tx, message.id(), progress, next.reason(), platformId(outcome)));
            if (next.state().isPresent()) {
                settle(id, message, next.state().get());
                return;
            }
            LOG.info("Message {} will be handed over later: {}", message.id(), next.reason());
            Thread.sleep(positive(next.pause().orElse(Duration.ZERO)));
        }
    }

    private Delivered attempt(ConversationId id, StoredMessage message, int attempt) {
        var conversation = database.read(db -> conversations.find(db, id)).orElseThrow();
        var replyTo = database.read(db -> message.answers()
                .flatMap(question -> messages.find(db, question))
                .map(StoredMessage::externalId));
        var slot = channels.apply(conversation.place().channel());
        if (slot.isEmpty()) {
            return new Delivered.RetryLater(Duration.ofSeconds(1), "the channel is not serving");
        }
        var delivery = new Delivery(
                message.id().toString(),
                conversation.place().thread(),
                replyTo.orElse(""),
                author(message.speaker()),
                message.parts(),
                attempt,
                lastHeard(conversation));
        var asked = guard.deliver(slot.get(), delivery);
        return switch (asked) {
            case Asked.Answered<Delivered>(var delivered, var _) -> delivered;
            case Asked.Failed<Delivered> _, Asked.Late<Delivered> _ -> new Delivered.Unknown(asked.problem(), true);
            case Asked.Unavailable<Delivered> _ -> new Delivered.RetryLater(Duration.ofSeconds(1), asked.problem());
        };
    }

    private void settle(ConversationId id, StoredMessage message, MessageState state) {
        journal.write(id, Step.of(page -> {
                    page.report(message, state);
                    return true;
                }))
                .join();
    }

    private static Instant lastHeard(Conversation conversation) {
        return conversation.last().at();
    }

    private static Author author(Speaker speaker) {
        return switch (speaker.kind()) {
            case CUSTOMER -> new Author.Customer();
            case BOT -> new Author.Bot();
            case AGENT -> new Author.Agent(speaker.name());
            case HUB -> new Author.Hub();
        };
    }

    private static String platformId(Delivered outcome) {
        return outcome instanceof Delivered.Done(var id) ? id : "";
    }

    /** A little apart, so that what failed together does not return together. */
    private static Duration positive(Duration pause) {
        if (!pause.isPositive()) return Duration.ZERO;
        return pause.plusMillis(ThreadLocalRandom.current().nextLong(1 + pause.toMillis() / 10));
    }

    @Override
    public void close() {
        closed = true;
    }
}
