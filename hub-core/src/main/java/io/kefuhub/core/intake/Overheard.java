package io.kefuhub.core.intake;

import io.kefuhub.api.channel.ByColleague;
import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.conversation.Assignee;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Page;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.conversation.Utterance;
import java.util.Optional;

/**
 * A colleague has answered in the platform's own client: a person speaks, so the hub does not, unless an agent of the hub has
 * the conversation and keeps it.
 */
record Overheard(MessageId id, ChannelId channel, ByColleague message) implements Step<Messages.Earlier> {
    @Override
    public Messages.Earlier write(Page page) {
        var speaker = Assignee.elsewhere(channel, message.colleague(), message.name());
        if (!page.isTakenBack()) {
            if (mayEnter(page, speaker)) page.enter(Mode.AGENT, Optional.of(speaker));
            page.answerWaiting();
        }
        var seq = page.say(new Utterance(
                        id,
                        Speaker.elsewhere(message.name()),
                        message.parts(),
                        MessageState.SENT,
                        message.externalId(),
                        Optional.empty(),
                        Optional.empty()))
                .orElse(0);
        page.audit(new AuditEntry(
                page.now(),
                "colleague",
                "conversation.replied-elsewhere",
                "message:" + id,
                Optional.of(page.id().value()),
                "{}"));
        return new Messages.Earlier(id, seq, page.now());
    }

    private static boolean mayEnter(Page page, Assignee speaker) {
        if (page.mode() != Mode.AGENT) return true;
        return page.assignee()
                .filter(holder -> holder.isElsewhere() && !holder.id().equals(speaker.id()))
                .isPresent();
    }

    @Override
    public Messages.Earlier repeated(Page page, Messages.Earlier earlier) {
        return earlier;
    }
}
