package io.kefuhub.core;

import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.answering.Customers;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Conversations;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Revision;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.intake.Intake;
import io.kefuhub.core.plugin.Subject;
import io.kefuhub.core.translation.Interpreter;
import java.util.List;
import java.util.Optional;

/** Has what customers change judged by the filters, as if it had just been written, and translated. Safe for threads. */
final class ChangedMessages implements Intake.Changes {
    private final Database database;
    private final FilterChain filters;
    private final Customers customers;
    private final Interpreter interpreter;
    private final Messages messages = new Messages();
    private final Conversations conversations = new Conversations();

    ChangedMessages(Database database, FilterChain filters, Customers customers, Interpreter interpreter) {
        this.database = database;
        this.filters = filters;
        this.customers = customers;
        this.interpreter = interpreter;
    }

    @Override
    public Optional<Messages.Placed> find(Messages.Key key) {
        return database.read(db -> messages.find(db, key));
    }

    @Override
    public Revision.Judged judge(Messages.Placed placed, List<Part> written) {
        var message = placed.message();
        // What a colleague says in the platform's own client has reached the customer.
        if (message.speaker().kind() != Speaker.Kind.CUSTOMER) return new Revision.Judged(written, "", message.parts());
        var conversation = conversation(placed.conversation());
        var before = message.state() == MessageState.RECEIVED
                ? shown(judged(conversation, message, message.parts()))
                : message.parts();
        var filtered = judged(conversation, message, written);
        return switch (filtered) {
            case Filtered.Through through -> new Revision.Judged(shown(through), "", before);
            case Filtered.Held held -> new Revision.Judged(List.of(), held.filter(), before);
            case Filtered.Blocked blocked -> new Revision.Judged(List.of(), blocked.filter(), before);
        };
    }

    private static List<Part> shown(Filtered filtered) {
        return filtered instanceof Filtered.Through(var message, var _, var _) ? message.parts() : List.of();
    }

    private Filtered judged(Conversation conversation, StoredMessage message, List<Part> parts) {
        var facts = customers.facts(conversation, conversation.language());
        return new Subject(conversation.id().toString(), message.id().toString())
                .of(() -> filters.apply(conversation.id(), new Message(parts), facts, Stage.CUSTOMER_IN));
    }

    /** A question that is still to be answered is translated with its turn. */
    @Override
    public void reads(Messages.Placed placed, List<Part> shown) {
        var message = placed.message();
        if (message.speaker().kind() != Speaker.Kind.CUSTOMER || message.state() == MessageState.RECEIVED) return;
        var conversation = conversation(placed.conversation());
        interpreter.heard(conversation, message, shown, conversation.language());
    }

    private Conversation conversation(ConversationId id) {
        return database.read(db -> conversations.find(db, id)).orElseThrow();
    }
}
