package io.kefuhub.core.delivery;

import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.message.Author;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Conversations;
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
import io.kefuhub.core.telemetry.ChannelWatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands one reply to its channel, again and again until the platform has it or never will. Safe for threads.
 *
 * <p>Where the platform would show a repeat twice, it is written down that the call begins before it does. So whatever
 * becomes of the call or of the hub, a reply that may have arrived is not handed over again; it has failed, and agents
 * see why.
 */
final class Handover {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LONGEST_WORDS = 500;
    private static final Localized NOT_SERVING = Localized.of("the channel is not serving", "渠道当前没有运行");

    private final Database database;
    private final Journal journal;
    private final Guard guard;
    private final Function<ChannelId, Optional<Slot<Channel>>> channels;
    private final InstantSource clock;
    private final RetryPlan plan;
    private final ChannelWatch watch;
    private final BooleanSupplier closed;
    private final Messages messages = new Messages();
    private final Conversations conversations = new Conversations();
    private final Deliveries deliveries = new Deliveries();
    private final Permits permits = new Permits();

    Handover(
            Database database,
            Journal journal,
            Guard guard,
            Function<ChannelId, Optional<Slot<Channel>>> channels,
            InstantSource clock,
            RetryPlan plan,
            ChannelWatch watch,
            BooleanSupplier closed) {
        this.database = database;
        this.journal = journal;
        this.guard = guard;
        this.channels = channels;
        this.clock = clock;
        this.plan = plan;
        this.watch = watch;
        this.closed = closed;
    }

    /** Returns when the reply has come to its end, or the hub to its own. */
    void run(ConversationId id, StoredMessage message) throws InterruptedException {
        var before = database.read(db -> deliveries.find(db, message.id()));
        var attempts = before.map(Deliveries.Progress::attempts).orElse(0);
        if (before.filter(Deliveries.Progress::underWay).isPresent()) {
            var unknown = new Delivered.Unknown(
                    Localized.of("the hub ended while it was being handed over", "发送过程中系统中断"), false);
            end(id, message, attempts, unknown, plan.next(unknown, attempts, age(message)));
            return;
        }
        if (before.isPresent()) {
            Thread.sleep(positive(Duration.between(clock.instant(), before.get().dueAt())));
        }
        while (!closed.getAsBoolean()) {
            attempts++;
            var outcome = attempt(id, message, attempts);
            if (outcome.isEmpty()) {
                withdraw(id, message);
                return;
            }
            var next = plan.next(outcome.get(), attempts, age(message));
            if (next.state().isPresent()) {
                end(id, message, attempts, outcome.get(), next);
                return;
            }
            var pause = next.pause().orElse(Duration.ZERO);
            note(
                    message,
                    new Deliveries.Progress(attempts, clock.instant().plus(pause), false),
                    next.reason().toString(),
                    "");
            LOG.debug("Message {} will be handed over later: {}", message.id(), next.reason());
            Thread.sleep(positive(pause));
        }
    }

    private static boolean isUnwanted(StoredMessage message, Optional<StoredMessage> question) {
        return message.speaker().kind() != Speaker.Kind.AGENT
                && question.filter(asked -> asked.state() == MessageState.TAKEN_BACK)
                        .isPresent();
    }

    /** The customer has taken back what it answers: agents see what would have been said. */
    private void withdraw(ConversationId id, StoredMessage message) throws InterruptedException {
        var cost = cost(id, message);
        var trace = Failure.remark(message.trace().orElse("{}"), "unsent", "taken-back");
        write(() -> settle(id, message, MessageState.DISCARDED, Optional.of(trace), cost));
        LOG.info("Message {} is not handed over: what it answers was taken back", message.id());
    }

    /** Empty when the customer has taken back what it answers. */
    private Optional<Delivered> attempt(ConversationId id, StoredMessage message, int attempt)
            throws InterruptedException {
        var conversation = find(id);
        var channel = conversation.place().channel();
        var slot = channels.apply(channel);
        if (slot.isEmpty()) return unlessUnwanted(conversation, slot, message, attempt);
        try (var permit = permits.take(slot.get().instance())) {
            // While it waited the customer may have written, and the channel may have been swapped.
            return permit.waited()
                    ? unlessUnwanted(find(id), channels.apply(channel), message, attempt)
                    : unlessUnwanted(conversation, slot, message, attempt);
        }
    }

    private Optional<Delivered> unlessUnwanted(
            Conversation conversation, Optional<Slot<Channel>> slot, StoredMessage message, int attempt)
            throws InterruptedException {
        var question = database.read(db -> message.answers().flatMap(asked -> messages.find(db, asked)));
        if (isUnwanted(message, question)) return Optional.empty();
        return Optional.of(
                slot.isEmpty()
                        ? new Delivered.RetryLater(PAUSE, NOT_SERVING)
                        : handOver(
                                conversation,
                                slot.get(),
                                message,
                                question.map(StoredMessage::externalId).orElse(""),
                                attempt));
    }

    private Delivered handOver(
            Conversation conversation, Slot<Channel> slot, StoredMessage message, String replyTo, int attempt)
            throws InterruptedException {
        var abilities = guard.abilities(slot).answer();
        var window = abilities.map(SendWindow::of).orElse(SendWindow.UNLIMITED);
        if (!window.at(conversation.heard(), clock.instant()).open()) {
            return new Delivered.Undeliverable(closed(window.length()));
        }
        var recognised = abilities
                .filter(known -> known.repeats() == Abilities.Repeats.RECOGNISED)
                .isPresent();
        if (!recognised) note(message, new Deliveries.Progress(attempt, clock.instant(), true), "", "");
        var asked = guard.deliver(
                slot,
                new Delivery(
                        message.id().toString(),
                        conversation.place().thread(),
                        replyTo,
                        author(message.speaker()),
                        window.split(message.shown()),
                        attempt,
                        conversation.heard().at().orElse(conversation.openedAt()),
                        message.answers().map(MessageId::toString).orElse("")));
        var outcome = switch (asked) {
            case Asked.Answered<Delivered>(var delivered, var _) -> delivered;
            case Asked.Failed<Delivered> _, Asked.Late<Delivered> _ ->
                new Delivered.Unknown(asked.trouble(), recognised);
            case Asked.Unavailable<Delivered> _ -> new Delivered.RetryLater(PAUSE, asked.trouble());
        };
        seen(slot.instance(), outcome);
        return outcome;
    }

    private Conversation find(ConversationId id) {
        return database.read(db -> conversations.find(db, id)).orElseThrow();
    }

    private void seen(String instance, Delivered outcome) {
        switch (outcome) {
            case Delivered.Done _ -> watch.sent(instance, ChannelWatch.Outcome.FINE, Localized.of(""));
            case Delivered.RetryLater(var _, var reason) -> watch.sent(instance, ChannelWatch.Outcome.LATER, reason);
            case Delivered.Undeliverable(var reason) -> watch.sent(instance, ChannelWatch.Outcome.FAILED, reason);
            case Delivered.Misconfigured(var setting, var reason) -> watch.misconfigured(instance, setting, reason);
            case Delivered.Unknown(var reason, var _) -> watch.sent(instance, ChannelWatch.Outcome.FAILED, reason);
        }
    }

    private static Localized closed(Duration window) {
        return Localized.of(
                "the customer last wrote more than " + window.toHours()
                        + " hours ago; the platform takes nothing until they write again",
                "客户上次发言已超过 " + window.toHours() + " 小时，客户再次发言前平台不再接收消息");
    }

    /** Writes the end first: until that is written, the reply counts as under way. */
    private void end(ConversationId id, StoredMessage message, int attempts, Delivered outcome, RetryPlan.Next next)
            throws InterruptedException {
        if (outcome instanceof Delivered.Done) {
            write(() -> settle(id, message, MessageState.SENT, Optional.empty(), 0));
        } else {
            LOG.warn("Message {} was not delivered: {}", message.id(), next.reason());
            var failure = new Failure(storable(next.reason()), outcome instanceof Delivered.Unknown);
            // Of several parts some may be there.
            var counted = outcome instanceof Delivered.Undeliverable && cost(id, message) == 1 ? 1 : 0;
            write(() -> settle(id, message, MessageState.FAILED, Optional.of(failure.in(message.trace())), counted));
        }
        var platformId = outcome instanceof Delivered.Done(var known) ? known : "";
        note(
                message,
                new Deliveries.Progress(attempts, clock.instant(), false),
                next.reason().toString(),
                platformId);
    }

    /** Lets a reply have failed, and tells agents why. */
    void fail(ConversationId id, StoredMessage message, Failure failure) {
        settle(id, message, MessageState.FAILED, Optional.of(failure.in(message.trace())), 0);
    }

    private int cost(ConversationId id, StoredMessage message) {
        return database.read(db -> conversations.find(db, id))
                .flatMap(conversation -> channels.apply(conversation.place().channel()))
                .flatMap(slot -> guard.abilities(slot).answer())
                .map(SendWindow::of)
                .map(window -> window.cost(message.shown()))
                .orElse(0);
    }

    /** @param unsent replies of a window that were not needed after all */
    private void settle(
            ConversationId id, StoredMessage message, MessageState state, Optional<String> trace, int unsent) {
        journal.write(id, Step.of(page -> {
                    page.report(message, state, trace);
                    if (unsent > 0) page.unspend(message, unsent);
                    return true;
                }))
                .join();
    }

    private void note(StoredMessage message, Deliveries.Progress progress, String outcome, String platformId)
            throws InterruptedException {
        write(() -> database.useTransaction(
                tx -> deliveries.keep(tx, message.id(), progress, storable(outcome), storable(platformId))));
    }

    /** Writes, however long the database is away: what a platform once said must not be asked of it again. */
    private void write(Runnable write) throws InterruptedException {
        while (true) {
            try {
                write.run();
                return;
            } catch (RuntimeException e) {
                if (closed.getAsBoolean() || !isAway(e)) throw e;
                Thread.sleep(PAUSE);
            }
        }
    }

    static boolean isAway(Throwable failure) {
        return failure instanceof DatabaseAwayException || failure.getCause() instanceof DatabaseAwayException;
    }

    private Duration age(StoredMessage message) {
        return Duration.between(message.at(), clock.instant());
    }

    private static Author author(Speaker speaker) {
        return switch (speaker.kind()) {
            case CUSTOMER -> new Author.Customer();
            case BOT -> new Author.Bot();
            case AGENT -> new Author.Agent(speaker.name());
            case HUB -> new Author.Hub();
        };
    }

    static Localized storable(Localized words) {
        return words.map(Handover::storable);
    }

    /** A platform's words may be long, and hold what the database cannot. */
    static String storable(String words) {
        return words.codePoints()
                .filter(c -> c != 0 && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
                .limit(LONGEST_WORDS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** A little apart, so that what failed together does not return together. */
    private static Duration positive(Duration pause) {
        if (!pause.isPositive()) return Duration.ZERO;
        return pause.plusMillis(ThreadLocalRandom.current().nextLong(1 + pause.toMillis() / 10));
    }
}
