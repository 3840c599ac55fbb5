package io.kefuhub.core.desk;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.conversation.Assignee;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.EventBody;
import io.kefuhub.core.conversation.FeedEvent;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.NoteKey;
import io.kefuhub.core.conversation.Page;
import io.kefuhub.core.conversation.Presence;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Role;
import java.util.Optional;
import java.util.function.Function;

/**
 * What agents do in a conversation, but for speaking. One speaker: whoever takes a conversation raises its epoch, so
 * that an answer still being made for it is never sent. Safe for threads.
 */
final class Agents {
    private final Journal journal;
    private final Topic<Presence> presences;

    Agents(Journal journal, Topic<Presence> presences) {
        this.journal = journal;
        this.presences = presences;
    }

    /** Makes the caller the speaker. With {@code force} even when somebody else is. */
    Doing take(Caller caller, Conversation conversation, boolean force) {
        var me = me(caller);
        return write(conversation, page -> {
            if (has(page, me)) return new Doing.Done();
            if (page.mode() == Mode.AGENT && !force && !isElsewhere(page))
                return new Doing.Taken(page.assignee().orElseThrow());
            page.enter(Mode.AGENT, Optional.of(me));
            page.audit(line(page, caller, "conversation.taken"));
            return new Doing.Done();
        });
    }

    Doing handBack(Caller caller, Conversation conversation) {
        return leave(caller, conversation, Mode.BOT, "conversation.handed-back");
    }

    Doing close(Caller caller, Conversation conversation) {
        return leave(caller, conversation, Mode.CLOSED, "conversation.closed");
    }

    /** Moves the read mark that the customer sees; only by whoever speaks with them. */
    void read(Caller caller, Conversation conversation, long upTo) {
        if (!isMine(caller, conversation) || upTo <= conversation.marks().agentRead()) return;
        var me = me(caller);
        write(conversation, page -> {
            if (has(page, me)) page.readByAgent(upTo);
            return new Doing.Done();
        });
    }

    /** Writes a note once, whenever and however often it is brought. */
    NoteView note(Caller caller, Conversation conversation, String cid, String text) {
        var me = me(caller);
        Step<FeedEvent> step = Step.of(page -> {
            var noting = page.note(me, cid, text);
            if (!noting.repeated()) page.audit(line(page, caller, "conversation.noted"));
            return noting.event();
        });
        var event = Waiting.on(journal.write(new NoteKey(conversation.id(), me.id(), cid), step))
                .result();
        return NoteView.of(conversation.id(), event, (EventBody.Noted) event.body());
    }

    void typing(Caller caller, Conversation conversation, boolean on) {
        if (isMine(caller, conversation)) {
            presences.publish(new Presence.AgentTyping(conversation.id(), me(caller), on));
        }
    }

    private Doing leave(Caller caller, Conversation conversation, Mode mode, String action) {
        var me = me(caller);
        var overrules = overrules(caller);
        return write(conversation, page -> {
            if (page.mode() == mode) return new Doing.Done();
            if (page.mode() == Mode.AGENT && !has(page, me) && !overrules && !isElsewhere(page)) {
                return new Doing.Taken(page.assignee().orElseThrow());
            }
            page.enter(mode, Optional.empty());
            page.answerWaiting();
            page.audit(line(page, caller, action));
            return new Doing.Done();
        });
    }

    private <R> R write(Conversation conversation, Function<Page, R> change) {
        return Waiting.on(journal.write(conversation.id(), Step.of(change))).result();
    }

    static boolean overrules(Caller caller) {
        return caller.roles().stream().anyMatch(role -> role != Role.AGENT && role != Role.AUDITOR);
    }

    static Assignee me(Caller caller) {
        return new Assignee(caller.id(), caller.name());
    }

    static boolean isMine(Caller caller, Conversation conversation) {
        return conversation.mode() == Mode.AGENT
                && conversation
                        .standing()
                        .assignee()
                        .filter(agent -> agent.id().equals(caller.id()))
                        .isPresent();
    }

    /** Somebody who answers in the platform's own client cannot be asked here to let go. */
    private static boolean isElsewhere(Page page) {
        return page.assignee().filter(Assignee::isElsewhere).isPresent();
    }

    private static boolean has(Page page, Assignee agent) {
        return page.mode() == Mode.AGENT
                && page.assignee()
                        .filter(holder -> holder.id().equals(agent.id()))
                        .isPresent();
    }

    private static AuditEntry line(Page page, Caller caller, String action) {
        return new AuditEntry(
                page.now(),
                caller.actor(),
                action,
                "conversation:" + page.id(),
                Optional.of(page.id().value()),
                "{}");
    }
}
