package io.kefuhub.core.intake;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Page;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.conversation.Utterance;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.database.Ids;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;

/**
 * Stores what customers say. Whoever brings a message twice, however long ago, is told of the first. Safe for threads.
 */
public final class Intake {
    private final Journal journal;
    private final Ids ids;
    private final BiConsumer<Conversation, StoredMessage> received;

    /**
     * @param received told of each message after it is durable; must not wait
     */
    public Intake(Journal journal, Ids ids, BiConsumer<Conversation, StoredMessage> received) {
        this.journal = journal;
        this.ids = ids;
        this.received = received;
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
        return journal.write(thread, incoming.externalId(), new Receive(utterance))
                .<Inbox.Accepted>thenApply(written -> {
                    var result = written.result();
                    result.message().ifPresent(message -> received.accept(written.conversation(), message));
                    var earlier = result.stored();
                    return new Inbox.Accepted.Stored(
                            earlier.id().toString(),
                            written.conversation().id().toString(),
                            earlier.seq(),
                            earlier.at(),
                            result.message().isEmpty());
                })
                .exceptionally(Intake::notStored);
    }

    /** Stores messages of one call together; returns when all are durable or have failed. */
    public List<Inbox.Accepted> acceptAll(ChannelInstance channel, Language deskLanguage, List<Incoming> incoming) {
        var all = incoming.stream()
                .map(message -> accept(channel, deskLanguage, message))
                .toList();
        return all.stream().map(CompletableFuture::join).toList();
    }

    private static Inbox.Accepted notStored(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof DatabaseAwayException)
            return new Inbox.Accepted.NotStored("the hub cannot store now", true);
        throw new CompletionException(cause);
    }

    /**
     * @param message present when it is new
     */
    private record Received(Messages.Earlier stored, Optional<StoredMessage> message) {}

    private record Receive(Utterance utterance) implements Step<Received> {
        @Override
        public Received write(Page page) {
            if (page.mode() == Mode.CLOSED) page.enter(Mode.BOT, Optional.empty());
            var seq = page.say(utterance).orElse(0);
            var stored = new Messages.Earlier(utterance.id(), seq, page.now());
            return new Received(stored, Optional.of(utterance.storedAt(page.now())));
        }

        @Override
        public Received repeated(Page page, Messages.Earlier earlier) {
            return new Received(earlier, Optional.empty());
        }
    }
}
