package io.kefuhub.api.kit;

import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.channel.TimelineEvent;
import java.util.List;
import java.util.Optional;

/** A timeline in memory. Safe for threads. */
public final class FakeTimeline implements Timeline {
    private static final int MOST = 500;

    private final FakeConversations conversations;

    FakeTimeline(FakeConversations conversations) {
        this.conversations = conversations;
    }

    @Override
    public Optional<Thread> find(String thread) {
        return conversations.find(thread);
    }

    @Override
    public List<TimelineEvent> after(String conversationId, long seq, int limit) {
        check(limit);
        return conversations.events(conversationId).stream()
                .filter(event -> event.seq() > seq)
                .limit(limit)
                .toList();
    }

    @Override
    public List<TimelineEvent> before(String conversationId, long seq, int limit) {
        check(limit);
        var earlier = conversations.events(conversationId).stream()
                .filter(event -> event.seq() < seq)
                .toList();
        return earlier.subList(Math.max(0, earlier.size() - limit), earlier.size());
    }

    @Override
    public Subscription follow(String conversationId, Follower follower) {
        return conversations.follow(conversationId, follower);
    }

    private static void check(int limit) {
        if (limit < 1 || limit > MOST) throw new IllegalArgumentException("limit");
    }
}
