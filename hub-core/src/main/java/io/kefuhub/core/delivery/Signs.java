package io.kefuhub.core.delivery;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Presence;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Signs of life while an answer is made. Nothing of it is stored where customers read the timeline: it passes with the
 * wait. Safe for threads.
 */
public final class Signs {
    private final Topic<Presence> presences;
    private final Replies replies;
    private final Function<ChannelId, Optional<Slot<Channel>>> channels;
    private final Guard guard;

    public Signs(
            Topic<Presence> presences,
            Replies replies,
            Function<ChannelId, Optional<Slot<Channel>>> channels,
            Guard guard) {
        this.presences = presences;
        this.replies = replies;
        this.channels = channels;
        this.guard = guard;
    }

    /**
     * Tells those who look on how it stands.
     *
     * @param words what is shown beside the wait; may be empty
     */
    public void working(
            Conversation conversation,
            StoredMessage question,
            boolean on,
            String words,
            List<Part.Menu.Option> offers) {
        presences.publish(new Presence.Working(conversation.id(), question.id().toString(), on, words, offers));
    }

    /**
     * Says a line where nothing passing can be shown: on a channel that sends, and may send more than one message. Where the
     * platform fetches answers it shows by itself that it waits for one. Once for each question; it is the hub's word, and no
     * answer.
     */
    public void say(Conversation conversation, StoredMessage question, String words) {
        var abilities = channels.apply(conversation.place().channel())
                .flatMap(slot -> guard.abilities(slot).answer());
        if (abilities.filter(Signs::maySayMore).isPresent()) replies.aside(conversation, question, words);
    }

    private static boolean maySayMore(Abilities abilities) {
        return abilities.delivery() == Abilities.DeliveryKind.PUSHED
                && !(abilities.streaming() instanceof Abilities.Streaming.Fetched)
                && abilities.repliesPerWindow() > 1;
    }
}
