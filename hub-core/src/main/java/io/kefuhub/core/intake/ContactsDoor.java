package io.kefuhub.core.intake;

import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Contacts;
import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.ContactId;
import io.kefuhub.core.conversation.ContactRecord;
import io.kefuhub.core.conversation.ContactRecords;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Conversations;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Who one channel's customers are. Safe for threads. */
final class ContactsDoor implements Contacts {
    private final Database database;
    private final ChannelId channel;
    private final Threads threads;
    private final Journal journal;
    private final Ids ids;
    private final InstantSource clock;
    private final Consumer<ContactId> relabelled;
    private final ContactRecords contacts = new ContactRecords();
    private final Conversations conversations = new Conversations();
    private final AuditLog audit = new AuditLog();

    private record Moved(ContactId contact, Optional<ConversationId> apart) {}

    /** @param relabelled told of a contact of whom something else is known now */
    ContactsDoor(
            Database database,
            ChannelId channel,
            Threads threads,
            Journal journal,
            Ids ids,
            InstantSource clock,
            Consumer<ContactId> relabelled) {
        this.database = database;
        this.channel = channel;
        this.threads = threads;
        this.journal = journal;
        this.ids = ids;
        this.clock = clock;
        this.relabelled = relabelled;
    }

    @Override
    public void label(Contact contact) {
        relabelled.accept(database.inTransaction(tx -> keep(tx, contact)));
    }

    @Override
    public Merged merge(String anonymousThread, String customerThread, Contact customer) {
        if (!customer.verified()) throw new IllegalArgumentException("only a verified customer takes over");
        var moved = database.inTransaction(tx -> {
            var contact = keep(tx, customer);
            audit.append(tx, AuditEntry.of(clock.instant(), "hub", "contact.merged", "contact:" + contact));
            if (conversations.move(tx, channel, anonymousThread, customerThread, contact)) {
                return new Moved(contact, Optional.empty());
            }
            return new Moved(contact, conversations.keepApart(tx, channel, anonymousThread, contact));
        });
        relabelled.accept(moved.contact());
        var apart = moved.apart();
        threads.forget(channel, anonymousThread);
        threads.forget(channel, customerThread);
        apart.ifPresent(id -> journal.write(id, Step.of(page -> {
                    if (page.mode() != Mode.CLOSED) page.enter(Mode.CLOSED, Optional.empty());
                    return true;
                }))
                .join());
        return apart.isPresent() ? Merged.KEPT_APART : Merged.MOVED;
    }

    private ContactId keep(Handle tx, Contact contact) {
        var now = clock.instant();
        var record = new ContactRecord(new ContactId(ids.next()), channel, contact, now);
        return contacts.keep(tx, List.of(record), now).values().iterator().next();
    }
}
