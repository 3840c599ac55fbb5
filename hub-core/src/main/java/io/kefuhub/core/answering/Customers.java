package io.kefuhub.core.answering;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.core.answering.knowledge.Asker;
import io.kefuhub.core.conversation.ContactId;
import io.kefuhub.core.conversation.ContactRecord;
import io.kefuhub.core.conversation.ContactRecords;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Holds;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.database.Database;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is known around a message: who wrote it, and what else they wrote a moment ago. Safe for threads. */
public final class Customers {
    private static final int RECENT = 10;

    private final Database database;
    private final Function<Conversation.Place, Names> names;
    private final ContactRecords contacts = new ContactRecords();
    private final Holds holds = new Holds();
    private final Cache<ContactId, ContactRecord> known = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();
    private final Cache<ConversationId, ArrayDeque<String>> recent = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterAccess(Duration.ofSeconds(60))
            .build();

    /**
     * What people call a place.
     *
     * @param desk its key
     * @param channel its key
     */
    public record Names(String desk, String channel) {}

    public Customers(Database database, Function<Conversation.Place, Names> names) {
        this.database = database;
        this.names = names;
    }

    public Names names(Conversation conversation) {
        return names.apply(conversation.place());
    }

    public Contact contact(Conversation conversation) {
        return record(conversation).contact();
    }

    /** The customer as one who asks: only what they may be told is looked up for them. */
    public Asker asker(Conversation conversation) {
        return Asker.customer(
                conversation.language(),
                contact(conversation).verified(),
                names(conversation).channel());
    }

    /** Something else is known of a contact from now on. */
    public void changed(ContactId contact) {
        known.invalidate(contact);
    }

    public Facts facts(Conversation conversation, Language language) {
        var record = record(conversation);
        var place = names(conversation);
        return new Facts(
                place.desk(),
                place.channel(),
                language,
                record.contact().attributes(),
                record.firstSeen(),
                recentTexts(conversation.id()));
    }

    /** The filter whose word about a message a person overruled; behind it the chain goes on. */
    Optional<String> overruled(StoredMessage message) {
        if (!message.isHeardAgain()) return Optional.empty();
        return database.read(db -> holds.passed(db, message.id()));
    }

    /** Remembers a customer's text for the facts of the next. */
    void wrote(ConversationId conversation, String text) {
        var texts = recent.get(conversation, _ -> new ArrayDeque<>());
        synchronized (texts) {
            texts.add(text);
            if (texts.size() > RECENT) texts.remove();
        }
    }

    private List<String> recentTexts(ConversationId conversation) {
        var texts = recent.getIfPresent(conversation);
        if (texts == null) return List.of();
        synchronized (texts) {
            return List.copyOf(texts);
        }
    }

    private ContactRecord record(Conversation conversation) {
        var id = conversation.place().contact();
        return known.get(
                id, wanted -> database.read(db -> contacts.find(db, wanted)).orElseThrow());
    }
}
