package io.kefuhub.core.conversation;

import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.database.Database;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Conversations that somebody follows now: tells followers when something is new, and remembers the latest events, so
 * that following costs no query. Safe for threads.
 */
public final class LiveConversations {
    private final Database database;
    private final Events events = new Events();
    private final ConcurrentHashMap<ConversationId, Followed> followed = new ConcurrentHashMap<>();

    /** Called by the thread of the topic; must not wait. */
    public interface Follower {
        void committed(Commit commit);

        void present(Presence presence);
    }

    /** Ends with {@link #close}. */
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    private static final class Followed {
        final List<Follower> followers = new CopyOnWriteArrayList<>();
        final LatestEvents latest = new LatestEvents();
    }

    public LiveConversations(Database database, Topic<Commit> commits, Topic<Presence> presences) {
        this.database = database;
        commits.subscribe(this::committed);
        presences.subscribe(presence -> tell(presence.conversation(), follower -> follower.present(presence)));
    }

    public Following follow(ConversationId id, Follower follower) {
        followed.compute(id, (_, known) -> {
            var entry = known == null ? new Followed() : known;
            entry.followers.add(follower);
            return entry;
        });
        return () -> followed.computeIfPresent(id, (_, entry) -> {
            entry.followers.remove(follower);
            return entry.followers.isEmpty() ? null : entry;
        });
    }

    /** Returns what the customer may see after a {@code seq}, oldest first. */
    public List<FeedEvent> visibleAfter(ConversationId id, long seq, int limit) {
        var entry = followed.get(id);
        if (entry != null) {
            var latest = entry.latest.visibleAfter(seq, limit);
            if (latest.isPresent()) return latest.get();
        }
        return database.read(db -> events.visibleAfter(db, id, seq, limit));
    }

    /** Returns all events after a {@code feed} number, oldest first. */
    public List<FeedEvent> after(ConversationId id, long feed, int limit) {
        var entry = followed.get(id);
        if (entry != null) {
            var latest = entry.latest.after(feed, limit);
            if (latest.isPresent()) return latest.get();
        }
        return database.read(db -> events.after(db, id, feed, limit));
    }

    private void committed(Commit commit) {
        var entry = followed.get(commit.after().id());
        if (entry == null) return;
        entry.latest.add(commit.events());
        entry.followers.forEach(follower -> follower.committed(commit));
    }

    private void tell(ConversationId id, Consumer<Follower> news) {
        var entry = followed.get(id);
        if (entry != null) entry.followers.forEach(news);
    }
}
