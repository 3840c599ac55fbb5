package io.kefuhub.core.conversation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Every statement that touches the {@code message} table, and nothing else. */
public final class Messages {
    static final String COLUMNS = """
            m.id, m.author, m.author_id, m.author_name, m.at, m.parts::text as parts, m.state, m.external_id, m.answers,
            m.trace::text as trace""";
    private static final String INSERT = """
            insert into message (id, conversation_id, channel_id, external_id, author, author_id, author_name, state,
                parts, answers, seq, feed, at, trace)
            select id, conversation_id, channel_id, external_id, author, author_id, author_name, state, parts::jsonb,
                answers, seq, feed, at, trace::jsonb
            from unnest(:ids, :conversations, :channels, :externals, :authors, :authorIds, :authorNames, :states,
                :parts, :answers, :seqs, :feeds, :ats, :traces)
                as line (id, conversation_id, channel_id, external_id, author, author_id, author_name, state, parts,
                    answers, seq, feed, at, trace)""";
    private static final String SETTLE = """
            update message m set state = line.state, trace = coalesce(line.trace::jsonb, m.trace),
                parts = coalesce(line.parts::jsonb, m.parts)
            from unnest(:ids, :states, :traces, :parts) as line (id, state, trace, parts)
            where m.id = line.id""";
    private static final String ANSWER_WAITING = """
            update message set state = 'ANSWERED' where conversation_id = any (:conversations) and state = 'WAITING'""";
    private static final String REPEATED = """
            select m.channel_id, m.external_id, m.id, m.at, coalesce(m.seq, 0) as seq from message m
            join unnest(:channels, :externals) as line (channel, external)
                on m.channel_id = line.channel and m.external_id = line.external""";
    private static final String FIND = "select " + COLUMNS + " from message m where m.id = :id";
    private static final String PLACE = "select " + COLUMNS
            + ", m.conversation_id, m.feed from message m where m.id = :id and m.author <> 'CUSTOMER'";
    private static final String OPEN = "select " + COLUMNS + ", m.conversation_id, m.feed from message m"
            + " where m.state = :state and (m.conversation_id, m.feed) > (:conversation, :feed)"
            + " order by m.conversation_id, m.feed limit :limit";
    private static final String RECENT = "select " + COLUMNS + " from message m"
            + " join event e on e.conversation_id = m.conversation_id and e.message_id = m.id and e.kind = 'SAID'"
            + " where e.conversation_id = :conversation and e.feed > :after and m.seq is not null"
            + " order by e.feed desc limit :limit";

    private static final String UNREAD = """
            select count(*) from message
            where conversation_id = :conversation and seq > :after and author <> 'CUSTOMER'""";

    private static final UUID NOBODY = new UUID(0, 0);

    /** What makes a message unique in a channel. */
    public record Key(ChannelId channel, String externalId) {}

    /** A message stored earlier under the same key. */
    public record Earlier(MessageId id, long seq, Instant at) {}

    /** A message and where it stands. */
    public record Placed(ConversationId conversation, long feed, StoredMessage message) {}

    void insert(Handle tx, Collection<Page> pages) {
        var ids = new ArrayList<UUID>();
        var conversations = new ArrayList<UUID>();
        var channels = new ArrayList<UUID>();
        var externals = new ArrayList<String>();
        var authors = new ArrayList<String>();
        var authorIds = new ArrayList<@Nullable UUID>();
        var authorNames = new ArrayList<String>();
        var states = new ArrayList<String>();
        var parts = new ArrayList<String>();
        var answers = new ArrayList<@Nullable UUID>();
        var seqs = new ArrayList<@Nullable Long>();
        var feeds = new ArrayList<Long>();
        var ats = new ArrayList<Instant>();
        var traces = new ArrayList<@Nullable String>();
        for (var page : pages) {
            for (var said : page.said) {
                var message = said.message();
                ids.add(message.id().value());
                conversations.add(page.id().value());
                channels.add(page.place().channel().value());
                externals.add(message.externalId());
                authors.add(message.speaker().kind().name());
                authorIds.add(message.speaker().person().orElse(null));
                authorNames.add(message.speaker().name());
                states.add(message.state().name());
                parts.add(PartsJson.write(message.parts()));
                answers.add(message.answers().map(MessageId::value).orElse(null));
                seqs.add(said.seq().isPresent() ? said.seq().getAsLong() : null);
                feeds.add(said.feed());
                ats.add(message.at());
                traces.add(message.trace().orElse(null));
            }
        }
        if (ids.isEmpty()) return;
        tx.createUpdate(INSERT)
                .bindArray("ids", UUID.class, ids)
                .bindArray("conversations", UUID.class, conversations)
                .bindArray("channels", UUID.class, channels)
                .bindArray("externals", String.class, externals)
                .bindArray("authors", String.class, authors)
                .bindArray("authorIds", UUID.class, authorIds)
                .bindArray("authorNames", String.class, authorNames)
                .bindArray("states", String.class, states)
                .bindArray("parts", String.class, parts)
                .bindArray("answers", UUID.class, answers)
                .bindArray("seqs", Long.class, seqs)
                .bindArray("feeds", Long.class, feeds)
                .bindArray("ats", Instant.class, ats)
                .bindArray("traces", String.class, traces)
                .execute();
    }

    /** Brings stored messages further; runs after {@link #insert}, so that it reaches what was said on the same page. */
    void settle(Handle tx, Collection<Page> pages) {
        // One row may be settled twice in a transaction; the last word counts.
        var last = new HashMap<MessageId, Page.Settled>();
        var answered = new ArrayList<UUID>();
        for (var page : pages) {
            for (var settled : page.settled) last.merge(settled.message(), settled, Messages::merged);
            if (page.answersWaiting) answered.add(page.id().value());
        }
        if (!last.isEmpty()) {
            var lines = List.copyOf(last.values());
            tx.createUpdate(SETTLE)
                    .bindArray(
                            "ids",
                            UUID.class,
                            lines.stream().map(line -> line.message().value()).toList())
                    .bindArray(
                            "states",
                            String.class,
                            lines.stream().map(line -> line.state().name()).toList())
                    .bindArray(
                            "traces",
                            String.class,
                            lines.stream()
                                    .map(line -> line.trace().orElse(null))
                                    .toList())
                    .bindArray(
                            "parts",
                            String.class,
                            lines.stream()
                                    .map(line ->
                                            line.parts().map(PartsJson::write).orElse(null))
                                    .toList())
                    .execute();
        }
        if (!answered.isEmpty()) {
            tx.createUpdate(ANSWER_WAITING)
                    .bindArray("conversations", UUID.class, answered)
                    .execute();
        }
    }

    private static Page.Settled merged(Page.Settled earlier, Page.Settled later) {
        return new Page.Settled(
                later.message(),
                later.state(),
                later.trace().or(earlier::trace),
                later.parts().or(earlier::parts));
    }

    Map<Key, Earlier> repeated(Handle tx, Collection<Key> keys) {
        if (keys.isEmpty()) return Map.of();
        var found = new HashMap<Key, Earlier>();
        tx.createQuery(REPEATED)
                .bindArray(
                        "channels",
                        UUID.class,
                        keys.stream().map(key -> key.channel().value()).toList())
                .bindArray(
                        "externals",
                        String.class,
                        keys.stream().map(Key::externalId).toList())
                .map((rs, _) -> found.put(
                        new Key(new ChannelId(rs.getObject("channel_id", UUID.class)), rs.getString("external_id")),
                        new Earlier(
                                new MessageId(rs.getObject("id", UUID.class)),
                                rs.getLong("seq"),
                                rs.getTimestamp("at").toInstant())))
                .list();
        return found;
    }

    public Optional<StoredMessage> find(Handle db, MessageId id) {
        return db.createQuery(FIND)
                .bind("id", id.value())
                .map((rs, _) -> read(rs))
                .findOne();
    }

    /** Finds a reply and the conversation it was said in. */
    public Optional<Placed> place(Handle db, MessageId id) {
        return db.createQuery(PLACE)
                .bind("id", id.value())
                .map((rs, _) -> placed(rs))
                .findOne();
    }

    private static Placed placed(ResultSet rs) throws SQLException {
        return new Placed(
                new ConversationId(rs.getObject("conversation_id", UUID.class)), rs.getLong("feed"), read(rs));
    }

    /**
     * Reads messages in a state that somebody must take further, those of one conversation together and in order.
     *
     * @param last where the page before ended; empty for the first page
     */
    public List<Placed> inState(Handle db, MessageState state, Optional<Placed> last, int limit) {
        return db.createQuery(OPEN)
                .bind("state", state.name())
                .bind(
                        "conversation",
                        last.map(placed -> placed.conversation().value()).orElse(NOBODY))
                .bind("feed", last.map(Placed::feed).orElse(0L))
                .bind("limit", limit)
                .map((rs, _) -> placed(rs))
                .list();
    }

    /** Reads the last messages the customer may see that came after a {@code feed} number, newest first. */
    public List<StoredMessage> recent(Handle db, ConversationId conversation, long after, int limit) {
        return db.createQuery(RECENT)
                .bind("conversation", conversation.value())
                .bind("after", after)
                .bind("limit", limit)
                .map((rs, _) -> read(rs))
                .list();
    }

    /** Counts what the customer may see after a {@code seq} that is not theirs. */
    public int unread(Handle db, ConversationId conversation, long after) {
        return db.createQuery(UNREAD)
                .bind("conversation", conversation.value())
                .bind("after", after)
                .mapTo(Integer.class)
                .one();
    }

    static StoredMessage read(ResultSet rs) throws SQLException {
        var speaker = new Speaker(
                Speaker.Kind.valueOf(rs.getString("author")),
                Optional.ofNullable(rs.getObject("author_id", UUID.class)),
                rs.getString("author_name"));
        return new StoredMessage(
                new MessageId(rs.getObject("id", UUID.class)),
                speaker,
                rs.getTimestamp("at").toInstant(),
                PartsJson.read(rs.getString("parts")),
                MessageState.valueOf(rs.getString("state")),
                rs.getString("external_id"),
                Optional.ofNullable(rs.getObject("answers", UUID.class)).map(MessageId::new),
                Optional.ofNullable(rs.getString("trace")));
    }
}
