package io.kefuhub.core.intake;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.ByColleague;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.NoSuchConversationException;
import io.kefuhub.core.conversation.Page;
import io.kefuhub.core.conversation.Quote;
import io.kefuhub.core.conversation.Revision;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.conversation.Utterance;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.database.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Stores what customers say. Whoever brings a message twice, however long ago, is told of the first. Safe for threads.
 */
public final class Intake {
    private static final Executor ASIDE =
            command -> Thread.ofVirtual().name("change").start(command);
    private static final MessageId NONE = new MessageId(new UUID(0, 0));

    private static final int TRIES = 5;

    private final Journal journal;
    private final Ids ids;
    private final Changes changes;

    /** What the rest of the hub does with a message that its author changes. */
    public interface Changes {
        /** Finds a message by its key. */
        Optional<Messages.Placed> find(Messages.Key key);

        /** Has a change judged before anybody sees it. */
        Revision.Judged judge(Messages.Placed message, List<Part> written);

        /** Told that a message reads like this from now on. */
        void reads(Messages.Placed message, List<Part> shown);
    }

    public Intake(Journal journal, Ids ids, Changes changes) {
        this.journal = journal;
        this.ids = ids;
        this.changes = changes;
    }

    /** Stores what a colleague said in the platform's own client; completes when it is durable. */
    CompletableFuture<Inbox.Accepted> overheard(ChannelInstance channel, Language deskLanguage, ByColleague message) {
        var thread =
                new Journal.Threaded(channel.desk(), channel.id(), message.thread(), message.contact(), deskLanguage);
        var step = new Overheard(new MessageId(ids.next()), channel.id(), message);
        return journal.write(thread, message.externalId(), step)
                .<Inbox.Accepted>thenApply(written ->
                        stored(written, written.result(), !written.result().id().equals(step.id())))
                .exceptionally(Intake::notStored);
    }

    /** Takes a message back; completes when that is durable. */
    CompletableFuture<Revision.Outcome> takenBack(ChannelInstance channel, String externalId, Instant at) {
        return journal.revise(new Messages.Key(channel.id(), externalId), new Revision.TakenBack(at));
    }

    /** Changes a message; filters are asked right here. */
    CompletableFuture<Revision.Outcome> edited(
            ChannelInstance channel, String externalId, List<Part> parts, Instant at) {
        return edited(new Messages.Key(channel.id(), externalId), parts, at, TRIES);
    }

    /** A message may come while it is looked for. */
    private CompletableFuture<Revision.Outcome> edited(Messages.Key key, List<Part> parts, Instant at, int left) {
        var message = changes.find(key);
        var judged = message.map(found -> changes.judge(found, parts));
        return journal.revise(key, new Revision.Edited(parts, judged, at)).thenCompose(outcome -> switch (outcome) {
            case UNJUDGED ->
                left > 0
                        ? CompletableFuture.supplyAsync(() -> edited(key, parts, at, left - 1), ASIDE)
                                .thenCompose(again -> again)
                        : CompletableFuture.failedFuture(new IllegalStateException("a message comes and goes"));
            case DONE -> {
                message.ifPresent(found -> judged.map(Revision.Judged::shown)
                        .filter(shown -> !shown.isEmpty())
                        .ifPresent(shown -> ASIDE.execute(() -> changes.reads(found, shown))));
                yield CompletableFuture.completedFuture(outcome);
            }
            case NOTHING_NEW, AWAITED -> CompletableFuture.completedFuture(outcome);
        });
    }

    /** Stores a message; completes when it is durable. */
    CompletableFuture<Inbox.Accepted> accept(ChannelInstance channel, Language deskLanguage, Incoming incoming) {
        var thread = new Journal.Threaded(
                channel.desk(),
                channel.id(),
                incoming.thread(),
                incoming.contact(),
                incoming.language().orElse(deskLanguage));
        var utterance = new Utterance(
                new MessageId(ids.next()),
                Speaker.CUSTOMER,
                incoming.parts(),
                MessageState.RECEIVED,
                incoming.externalId(),
                Optional.empty(),
                Optional.empty());
        return written(thread, incoming, utterance)
                .<Inbox.Accepted>thenApply(written -> switch (written.result()) {
                    case Received.Stored(var earlier) ->
                        stored(written, earlier, !earlier.id().equals(utterance.id()));
                    case Received.NoSuchMessage() -> new Inbox.Accepted.NoSuchMessage();
                })
                .exceptionally(Intake::notStored);
    }

    private CompletableFuture<Journal.Written<Received>> written(
            Journal.Threaded thread, Incoming incoming, Utterance utterance) {
        if (incoming.replyTo().isEmpty()) {
            return journal.write(
                    thread, incoming.externalId(), new Receive(utterance, incoming.at(), Optional.empty()));
        }
        var replyTo = messageId(incoming.replyTo().get());
        return journal.write(
                thread, incoming.externalId(), replyTo, new Receive(utterance, incoming.at(), Optional.of(replyTo)));
    }

    /** What is no id names no message. */
    static MessageId messageId(String text) {
        try {
            return MessageId.parse(text);
        } catch (IllegalArgumentException e) {
            return NONE;
        }
    }

    private static Inbox.Accepted stored(Journal.Written<?> written, Messages.Earlier message, boolean repeated) {
        return new Inbox.Accepted.Stored(
                message.id().toString(), written.conversation().id().toString(), message.seq(), message.at(), repeated);
    }

    /**
     * Stores messages of one call together; returns when all are durable or have failed. Nobody can be told that a message
     * replies to nothing that is known, so it is stored without that.
     */
    public List<Inbox.Accepted> acceptAll(ChannelInstance channel, Language deskLanguage, List<Incoming> incoming) {
        var all = incoming.stream()
                .map(message -> accept(channel, deskLanguage, message)
                        .thenCompose(accepted -> accepted instanceof Inbox.Accepted.NoSuchMessage
                                ? accept(channel, deskLanguage, message.withoutReplyTo())
                                : CompletableFuture.completedFuture(accepted)))
                .toList();
        return all.stream().map(CompletableFuture::join).toList();
    }

    private static Inbox.Accepted notStored(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof DatabaseAwayException)
            return new Inbox.Accepted.NotStored("the hub cannot store now", true);
        if (cause instanceof NoSuchConversationException) return new Inbox.Accepted.NoSuchMessage();
        throw new CompletionException(cause);
    }

    /** What became of a message. */
    private sealed interface Received {
        record Stored(Messages.Earlier stored) implements Received {}

        /** The customer cannot see what it replies to. */
        record NoSuchMessage() implements Received {}
    }

    private record Receive(Utterance utterance, Instant written, Optional<MessageId> replyTo)
            implements Step<Received> {
        @Override
        public Received write(Page page) {
            var quoted = replyTo.map(page::seen);
            if (quoted.isPresent() && quoted.get().isEmpty()) return new Received.NoSuchMessage();
            if (page.mode() == Mode.CLOSED && !page.isTakenBack()) page.enter(Mode.BOT, Optional.empty());
            var said = quoted.map(message -> utterance.withReplyTo(Quote.of(message.get())))
                    .orElse(utterance);
            var seq = page.say(said, written).orElse(0);
            return new Received.Stored(new Messages.Earlier(said.id(), seq, page.now()));
        }

        @Override
        public Received repeated(Page page, Messages.Earlier earlier) {
            return new Received.Stored(earlier);
        }
    }
}
