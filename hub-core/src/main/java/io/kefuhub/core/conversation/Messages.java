package io.kefuhub.core.conversation;

import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.Script;
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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code message} table, and nothing else. */
public final class Messages {
    static final String COLUMNS = """
            m.id, m.author, m.author_id, m.author_name, m.at, m.parts::text as parts, m.state, m.external_id, m.answers,
            m.reply_to::text as reply_to, m.trace::text as trace, m.translation::text as translation,
            m.edits::text as edits""";
    private static final String INSERT = """
            insert into message (id, conversation_id, channel_id, external_id, author, author_id, author_name, state,
                parts, answers, reply_to, seq, feed, at, trace, translation)
            select id, conversation_id, channel_id, external_id, author, author_id, author_name, state, parts::jsonb,
                answers, reply_to::jsonb, seq, feed, at, trace::jsonb, translation::jsonb
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as line (id, conversation_id, channel_id, external_id, author, author_id, author_name, state, parts,
                    answers, reply_to, seq, feed, at, trace, translation)""";
    private static final String SETTLE = """
            update message m set
                state = case m.state when 'TAKEN_BACK' then m.state else coalesce(line.state, m.state) end,
                trace = coalesce(line.trace::jsonb, m.trace), parts = coalesce(line.parts::jsonb, m.parts),
                translation = case when line.edits is null then coalesce(line.translation::jsonb, m.translation)
                    else line.translation::jsonb end,
                edits = coalesce(line.edits::jsonb, m.edits)
            from unnest(?, ?, ?, ?, ?, ?) as line (id, state, trace, parts, translation, edits)
            where m.id = line.id""";
    private static final String RELEASE = """
            update message m set state = line.state, parts = line.parts::jsonb, seq = line.seq, feed = line.feed,
                at = line.at, translation = line.translation::jsonb
            from unnest(?, ?, ?, ?, ?, ?, ?) as line (id, state, parts, translation, seq, feed, at)
            where m.id = line.id""";
    private static final String ANSWER_WAITING = """
            update message set state = 'ANSWERED' where conversation_id = any (?) and state = 'WAITING'""";
    private static final String REPEATED = """
            select m.channel_id, m.external_id, m.id, m.at, coalesce(m.seq, 0) as seq from message m
            join unnest(?, ?) as line (channel, external)
                on m.channel_id = line.channel and m.external_id = line.external""";
    private static final String SEEN = "select " + COLUMNS + ", m.conversation_id, m.feed from message m"
            + " where m.id = any (?) and m.seq is not null";
    private static final String PLACES = """
            select distinct m.conversation_id from message m
            join unnest(:channels, :externals) as line (channel, external)
                on m.channel_id = line.channel and m.external_id = line.external""";
    private static final String KEYED = "select " + COLUMNS + ", m.conversation_id, m.feed, m.channel_id from message m"
            + " join unnest(?, ?) as line (channel, external)"
            + " on m.channel_id = line.channel and m.external_id = line.external";
    private static final String FIND_KEYED = "select " + COLUMNS + ", m.conversation_id, m.feed from message m"
            + " where m.channel_id = :channel and m.external_id = :external";
    private static final String FIND = "select " + COLUMNS + " from message m where m.id = :id";
    private static final String PLACE = "select " + COLUMNS
            + ", m.conversation_id, m.feed from message m where m.id = :id and m.author <> 'CUSTOMER'";
    private static final String OPEN = "select " + COLUMNS + ", m.conversation_id, m.feed from message m"
            + " where m.state = :state and (m.conversation_id, m.feed) > (:conversation, :feed)"
            + " order by m.conversation_id, m.feed limit :limit";
    private static final String UNTIL = "select " + COLUMNS + " from message m"
            + " join event e on e.conversation_id = m.conversation_id and e.message_id = m.id and e.kind = 'SAID'"
            + " where e.conversation_id = :conversation and m.at <= :until and e.seq is not null"
            + " and m.state not in ('HELD', 'REFUSED', 'TAKEN_BACK')"
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

    void insert(Script script, Collection<Page> pages) {
        var lines = new ArrayList<Line>();
        for (var page : pages) {
            for (var said : page.said) lines.add(new Line(page, said, said.message()));
        }
        script.update(
                INSERT,
                Columns.of(lines)
                        .uuids(line -> line.message().id().value())
                        .uuids(line -> line.page().id().value())
                        .uuids(line -> line.page().place().channel().value())
                        .texts(line -> line.message().externalId())
                        .texts(line -> line.message().speaker().kind().name())
                        .uuids(line -> line.message().speaker().person().orElse(null))
                        .texts(line -> line.message().speaker().name())
                        .texts(line -> line.message().state().name())
                        .texts(line -> PartsJson.write(line.message().parts()))
                        .uuids(line ->
                                line.message().answers().map(MessageId::value).orElse(null))
                        .texts(line -> line.message().replyTo().map(Quote::json).orElse(null))
                        .longs(line -> line.said().seq().isPresent()
                                ? (Long) line.said().seq().getAsLong()
                                : null)
                        .longs(line -> line.said().feed())
                        .moments(line -> line.message().at())
                        .texts(line -> line.message().trace().orElse(null))
                        .texts(line -> line.message()
                                .translation()
                                .map(Translated::json)
                                .orElse(null)));
    }

    private record Line(Page page, Page.Said said, StoredMessage message) {}

    /** Brings stored messages further; runs after {@link #insert}, so that it reaches what was said on the same page. */
    void settle(Script script, Collection<Page> pages) {
        // One row may be settled twice in a transaction; the last word counts.
        var last = new HashMap<MessageId, Page.Settled>();
        var answered = new ArrayList<ConversationId>();
        for (var page : pages) {
            for (var settled : page.settled) last.merge(settled.message(), settled, Messages::merged);
            if (page.answersWaiting) answered.add(page.id());
        }
        script.update(
                SETTLE,
                Columns.of(last.values())
                        .uuids(line -> line.message().value())
                        .texts(line -> line.state().map(MessageState::name).orElse(null))
                        .texts(line -> line.trace().orElse(null))
                        .texts(line -> line.parts().map(PartsJson::write).orElse(null))
                        .texts(line -> line.translation().map(Translated::json).orElse(null))
                        .texts(line -> line.edits().map(Edits::json).orElse(null)));
        var released = pages.stream().flatMap(page -> page.released.stream()).toList();
        script.update(
                RELEASE,
                Columns.of(released)
                        .uuids(line -> line.message().value())
                        .texts(line -> line.state().name())
                        .texts(line -> PartsJson.write(line.parts()))
                        .texts(line -> line.translation().map(Translated::json).orElse(null))
                        .longs(Page.Released::seq)
                        .longs(Page.Released::feed)
                        .moments(Page.Released::at));
        script.update(ANSWER_WAITING, Columns.of(answered).uuids(ConversationId::value));
    }

    static Page.Settled merged(Page.Settled earlier, Page.Settled later) {
        var isGone = earlier.state()
                .filter(state -> state == MessageState.TAKEN_BACK)
                .isPresent();
        return new Page.Settled(
                later.message(),
                isGone ? earlier.state() : later.state().or(earlier::state),
                later.trace().or(earlier::trace),
                later.parts().or(earlier::parts),
                later.edits().isPresent()
                        ? later.translation()
                        : later.translation().or(earlier::translation),
                later.edits().or(earlier::edits));
    }

    /** Finds, when the script runs, what was stored under these keys before. */
    void repeated(Script script, Collection<Key> keys, Map<Key, Earlier> found) {
        if (keys.isEmpty()) return;
        script.query(
                REPEATED,
                row -> found.put(
                        new Key(new ChannelId(row.getObject("channel_id", UUID.class)), row.getString("external_id")),
                        new Earlier(
                                new MessageId(row.getObject("id", UUID.class)),
                                row.getLong("seq"),
                                row.getTimestamp("at").toInstant())),
                Columns.of(keys).uuids(key -> key.channel().value()).texts(Key::externalId));
    }

    /** Finds, when the script runs, those of these messages that their customer may see. */
    void seen(Script script, Collection<MessageId> ids, Consumer<Placed> found) {
        if (ids.isEmpty()) return;
        script.query(SEEN, row -> found.accept(placed(row)), Columns.of(ids).uuids(MessageId::value));
    }

    /** Finds the conversations of messages by their keys. */
    List<ConversationId> places(Handle tx, Collection<Key> keys) {
        var lines = List.copyOf(keys);
        return tx.createQuery(PLACES)
                .bindArray(
                        "channels",
                        UUID.class,
                        lines.stream().map(key -> key.channel().value()).toList())
                .bindArray(
                        "externals",
                        String.class,
                        lines.stream().map(Key::externalId).toList())
                .map((rs, _) -> new ConversationId(rs.getObject("conversation_id", UUID.class)))
                .list();
    }

    /** Finds, when the script runs, messages by their keys, whoever may see them. */
    void keyed(Script script, Collection<Key> keys, BiConsumer<Key, Placed> found) {
        if (keys.isEmpty()) return;
        script.query(
                KEYED,
                row -> found.accept(
                        new Key(new ChannelId(row.getObject("channel_id", UUID.class)), row.getString("external_id")),
                        placed(row)),
                Columns.of(keys).uuids(key -> key.channel().value()).texts(Key::externalId));
    }

    public Optional<Placed> find(Handle db, Key key) {
        return db.createQuery(FIND_KEYED)
                .bind("channel", key.channel().value())
                .bind("external", key.externalId())
                .map((rs, _) -> placed(rs))
                .findOne();
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

    /** Reads the last messages the customer may see that were said by then, newest first, without what filters stopped. */
    public List<StoredMessage> until(Handle db, ConversationId conversation, Instant until, int limit) {
        return db.createQuery(UNTIL)
                .bind("conversation", conversation.value())
                .bind("until", until)
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
                Optional.ofNullable(rs.getString("reply_to")).map(Quote::read),
                Optional.ofNullable(rs.getString("trace")),
                Optional.ofNullable(rs.getString("translation")).map(Translated::read),
                Optional.ofNullable(rs.getString("edits")).map(Edits::read));
    }
}
