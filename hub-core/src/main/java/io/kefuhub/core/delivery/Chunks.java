package io.kefuhub.core.delivery;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Page;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.conversation.Utterance;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.plugin.Subject;
import java.util.List;
import java.util.Optional;

/**
 * Messages of answers that are still being made. Each is a reply in the journal like any other, so it is handed over once,
 * whatever becomes of the hub; its key holds the question, how often what was asked had changed, and its number. Safe for
 * threads.
 */
public final class Chunks {
    private static final String KIND = "c:";

    private final Database database;
    private final Journal journal;
    private final FilterChain filters;
    private final Ids ids;
    private final Replies replies;
    private final Messages messages = new Messages();

    public Chunks(Database database, Journal journal, FilterChain filters, Ids ids, Replies replies) {
        this.database = database;
        this.journal = journal;
        this.filters = filters;
        this.ids = ids;
        this.replies = replies;
    }

    /**
     * Says one, unless a filter stops it, somebody else speaks by now, what is asked has changed, or the platform would then
     * have no room for the rest. Waits until it is durable.
     *
     * @param number of those of one answer, from 1
     */
    boolean say(Conversation conversation, StoredMessage question, Facts facts, int number, String words) {
        var about = new Subject(conversation.id().toString(), question.id().toString());
        var filtered = about.of(() ->
                filters.apply(conversation.id(), new Message(List.of(new Part.Text(words))), facts, Stage.BOT_OUT));
        if (!(filtered instanceof Filtered.Through(var through, var _, var _))) return false;
        var key = key(conversation, question.id(), number);
        var chunk = new Utterance(
                new MessageId(ids.next()),
                Speaker.BOT,
                through.parts(),
                replies.outState(conversation.place()),
                key.externalId(),
                Optional.of(question.id()),
                Optional.empty());
        var window = replies.window(conversation.place().channel());
        return journal.write(conversation.id(), key, new ChunkStep(conversation, chunk, window))
                .join()
                .result();
    }

    /** The last of some questions whose answer was begun and, if none of them is answered, broke off. */
    Optional<MessageId> begun(Conversation conversation, List<MessageId> questions) {
        return database.read(db -> questions.reversed().stream()
                .filter(question ->
                        messages.find(db, key(conversation, question, 1)).isPresent())
                .findFirst());
    }

    private static Messages.Key key(Conversation conversation, MessageId question, int number) {
        var external = KIND + question + ":" + conversation.revision() + ":" + number;
        return new Messages.Key(conversation.place().channel(), external);
    }

    /** Whether more of the same answer follows it. */
    static boolean isOne(StoredMessage reply) {
        return reply.speaker().kind() == Speaker.Kind.BOT && reply.externalId().startsWith(KIND);
    }

    private record ChunkStep(Conversation begun, Utterance chunk, SendWindow window) implements Step<Boolean> {
        @Override
        public Boolean write(Page page) {
            if (page.epoch() != begun.epoch() || page.revision() != begun.revision()) return false;
            var cost = window.isLimited() ? window.cost(chunk.parts()) : 0;
            if (cost > 0 && window.at(page.heard(), page.now()).forHub() <= cost) return false;
            page.spend(cost);
            page.say(chunk);
            return true;
        }

        @Override
        public Boolean repeated(Page page, Messages.Earlier earlier) {
            return true;
        }
    }
}
