package io.kefuhub.core.answering.feedback;

import io.kefuhub.core.answering.ai.cache.AnswerCache;
import io.kefuhub.core.answering.knowledge.EntryContent;
import io.kefuhub.core.answering.knowledge.Proposal;
import io.kefuhub.core.answering.knowledge.Proposing;
import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.conversation.Commit;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Conversations;
import io.kefuhub.core.conversation.EventBody;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.web.Caller;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Takes what people think of answers; what nobody liked is not given again. Safe for threads. */
public final class Feedback {
    private static final int LIKED = 3;

    private final Database database;
    private final AuditLog audit;
    private final AnswerCache cache;
    private final Proposing proposing;
    private final InstantSource clock;
    private final Opinions opinions = new Opinions();
    private final Messages messages = new Messages();
    private final Conversations conversations = new Conversations();

    public Feedback(Database database, AuditLog audit, AnswerCache cache, Proposing proposing, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.cache = cache;
        this.proposing = proposing;
        this.clock = clock;
    }

    /** Looks at what customers and agents did; returns at once. */
    public void committed(Commit commit) {
        var conversation = commit.after().id();
        for (var event : commit.events()) {
            switch (event.body()) {
                case EventBody.Rated(var _, var score, var _) when score < LIKED -> cache.disliked(conversation);
                case EventBody.Said(var message)
                when message.speaker().kind() == Speaker.Kind.AGENT -> cache.corrected(conversation);
                case EventBody.Rated _,
                        EventBody.Said _,
                        EventBody.Changed _,
                        EventBody.Entered _,
                        EventBody.Read _,
                        EventBody.Noted _,
                        EventBody.Languages _,
                        EventBody.Reviewed _ -> {}
            }
        }
    }

    /** Keeps an agent's opinion; false when there is no such answer for them. */
    boolean think(Caller caller, UUID message, boolean helpful) {
        var found = database.inTransaction(tx -> {
            var answer = answer(tx, caller, message);
            answer.ifPresent(it -> {
                var kept = opinions.keep(
                        tx, new Opinion(message, caller.id(), helpful), it.id().value(), clock.instant());
                if (kept) write(tx, caller, helpful ? "answer.liked" : "answer.disliked", message, it);
            });
            return answer;
        });
        if (!helpful) found.ifPresent(it -> cache.disliked(it.id()));
        return found.isPresent();
    }

    /** Takes an agent's opinion back; false when there is no such answer for them. */
    boolean forget(Caller caller, UUID message) {
        return database.inTransaction(tx -> {
            var answer = answer(tx, caller, message);
            answer.ifPresent(it -> {
                if (opinions.drop(tx, message, caller.id())) write(tx, caller, "answer.opinion-withdrawn", message, it);
            });
            return answer.isPresent();
        });
    }

    /** The opinions in a conversation; empty when the caller may not see it. */
    Optional<List<Opinion>> of(Caller caller, UUID conversation) {
        return database.read(db -> conversations
                .find(db, new ConversationId(conversation))
                .filter(it -> caller.mayRead(it.place().desk().value()))
                .map(_ -> opinions.of(db, conversation)));
    }

    /** Proposes what should have been said; false when there is no such answer for the caller. */
    boolean correct(Caller caller, UUID message, EntryContent content) {
        var found = database.read(db -> answer(db, caller, message));
        found.ifPresent(it -> {
            proposing.propose(
                    caller.actor(),
                    it.place().desk().value(),
                    content,
                    Proposal.Origin.CORRECTION,
                    Optional.of(it.id().value()),
                    Optional.of(message));
            cache.disliked(it.id());
        });
        return found.isPresent();
    }

    private Optional<Conversation> answer(Handle db, Caller caller, UUID message) {
        return messages.place(db, new MessageId(message))
                .filter(placed -> placed.message().speaker().kind() == Speaker.Kind.BOT)
                .flatMap(placed -> conversations.find(db, placed.conversation()))
                .filter(it -> caller.mayRead(it.place().desk().value()));
    }

    private void write(Handle tx, Caller caller, String action, UUID message, Conversation conversation) {
        audit.append(
                tx,
                new AuditEntry(
                        clock.instant(),
                        caller.actor(),
                        action,
                        "message:" + message,
                        Optional.of(conversation.id().value()),
                        "{}"));
    }
}
