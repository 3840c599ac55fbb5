package io.kefuhub.core.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Conversations;
import io.kefuhub.core.database.Database;
import java.util.Optional;

/** Which conversation a thread of a channel is. Safe for threads. */
final class Threads {
    private final Database database;
    private final Conversations conversations = new Conversations();
    private final Cache<Key, ConversationId> known =
            Caffeine.newBuilder().maximumSize(100_000).build();

    private record Key(ChannelId channel, String thread) {}

    Threads(Database database) {
        this.database = database;
    }

    /** Returns the conversation's id, without asking the database where it is known. */
    Optional<ConversationId> id(ChannelId channel, String thread) {
        var key = new Key(channel, thread);
        var id = known.getIfPresent(key);
        return id == null ? find(channel, thread).map(Conversation::id) : Optional.of(id);
    }

    Optional<Conversation> find(ChannelId channel, String thread) {
        var found = database.read(db -> conversations.find(db, channel, thread));
        found.ifPresent(conversation -> known.put(new Key(channel, thread), conversation.id()));
        return found;
    }

    void forget(ChannelId channel, String thread) {
        known.invalidate(new Key(channel, thread));
    }
}
