package io.kefuhub.core.intake;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.channel.TimelineEvent;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.Commit;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Conversations;
import io.kefuhub.core.conversation.Events;
import io.kefuhub.core.conversation.LiveConversations;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Presence;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What one channel's customers may see. Safe for threads. */
final class TimelineDoor implements Timeline {
    private static final int MOST = 500;

    private final Database database;
    private final ChannelId channel;
    private final Threads threads;
    private final LiveConversations live;
    private final Guard guard;
    private final Slot<Channel> slot;
    private final Messages messages = new Messages();
    private final Events events = new Events();
    private final Conversations conversations = new Conversations();

    TimelineDoor(
            Database database,
            ChannelId channel,
            Threads threads,
            LiveConversations live,
            Guard guard,
            Slot<Channel> slot) {
        this.database = database;
        this.channel = channel;
        this.threads = threads;
        this.live = live;
        this.guard = guard;
        this.slot = slot;
    }

    @Override
    public Optional<Thread> find(String thread) {
        return threads.find(channel, thread).map(this::seen);
    }

    private Thread seen(Conversation conversation) {
        var marks = conversation.marks();
        var unread = database.read(db -> messages.unread(db, conversation.id(), marks.customerRead()));
        return new Thread(
                conversation.id().toString(),
                marks.seq(),
                CustomerView.state(conversation.mode()),
                marks.customerRead(),
                unread);
    }

    @Override
    public List<TimelineEvent> after(String conversationId, long seq, int limit) {
        return CustomerView.of(
                live.visibleAfter(ConversationId.parse(conversationId), seq, Math.clamp(limit, 1, MOST)));
    }

    @Override
    public List<TimelineEvent> before(String conversationId, long seq, int limit) {
        var id = ConversationId.parse(conversationId);
        return CustomerView.of(database.read(db -> events.visibleBefore(db, id, seq, Math.clamp(limit, 1, MOST))));
    }

    @Override
    public Subscription follow(String conversationId, Follower follower) {
        var id = ConversationId.parse(conversationId);
        // Nothing of the hub's own is shown any more from the commit on by which a person speaks.
        var byHub = new AtomicBoolean(true);
        var following = live.follow(id, new LiveConversations.Follower() {
            @Override
            public void committed(Commit commit) {
                byHub.set(commit.after().mode() == Mode.BOT);
                if (commit.events().stream().anyMatch(event -> event.seq().isPresent())) {
                    guard.advanced(slot, follower, commit.after().marks().seq());
                }
            }

            @Override
            public void present(Presence presence) {
                switch (presence) {
                    case Presence.AgentTyping(var _, var agent, var on) ->
                        guard.typing(slot, follower, agent.name(), on);
                    case Presence.Drafted(var _, var answer, var text) -> {
                        if (byHub.get() || text.isEmpty()) guard.draft(slot, follower, answer, text);
                    }
                    case Presence.Working(var _, var answer, var on, var words, var offers) -> {
                        var work = new Work(answer, on, words, offers);
                        if (byHub.get() || !on) guard.working(slot, follower, work);
                    }
                    case Presence.CustomerTyping _ -> {}
                }
            }
        });
        // Read after following began, so that nothing lies between the two.
        var mine = database.read(db -> conversations.find(db, id))
                .filter(conversation -> conversation.place().channel().equals(channel));
        if (mine.isEmpty()) {
            following.close();
            throw new IllegalArgumentException("no conversation of this channel");
        }
        if (mine.get().mode() != Mode.BOT) byHub.set(false);
        return new Followed(following, mine.get().marks().seq());
    }

    private record Followed(LiveConversations.Following following, long lastSeq) implements Subscription {
        @Override
        public void close() {
            following.close();
        }
    }
}
