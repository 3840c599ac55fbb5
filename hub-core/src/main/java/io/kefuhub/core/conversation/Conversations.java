package io.kefuhub.core.conversation;

import io.kefuhub.api.Language;
import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.Script;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code conversation} table, and nothing else. */
public final class Conversations {
    public static final String COLUMNS = """
            c.id, c.desk_id, c.channel_id, c.thread, c.contact_id, c.mode, c.epoch, c.seq, c.feed, c.language,
            c.assignee_id, c.assignee_name, c.waiting_since, c.customer_read, c.agent_read, c.unread, c.last_text,
            c.last_author, c.last_at, c.opened_at, c.language_by, c.agent_language, c.heard_at, c.replies, c.revision""";
    private static final String FIND = "select " + COLUMNS + " from conversation c where c.id = :id";
    private static final String FIND_THREAD =
            "select " + COLUMNS + " from conversation c where c.channel_id = :channel and c.thread = :thread";
    private static final String FIND_ALL = "select " + COLUMNS + " from conversation c where c.id = any (:ids)";
    // In one order, so that two writers never wait for each other.
    private static final String LOCK = "select " + COLUMNS + """
             from conversation c
            where c.id in (select unnest(?) union all
                select t.id from conversation t join unnest(?, ?) as line (channel, thread)
                    on t.channel_id = line.channel and t.thread = line.thread)
            order by c.id for update""";
    private static final String OPEN = """
            insert into conversation (id, desk_id, channel_id, thread, contact_id, mode, language, last_at, last_minute,
                opened_at)
            select id, desk_id, channel_id, thread, contact_id, 'BOT', language, at, date_trunc('minute', at), at
            from unnest(:ids, :desks, :channels, :threads, :contacts, :languages, :ats)
                as line (id, desk_id, channel_id, thread, contact_id, language, at)
            on conflict (channel_id, thread) do nothing""";
    private static final String UPDATE = """
            update conversation c set mode = line.mode, epoch = line.epoch, seq = line.seq, feed = line.feed,
                language = line.language, assignee_id = line.assignee_id, assignee_name = line.assignee_name,
                waiting_since = line.waiting_since, customer_read = line.customer_read, agent_read = line.agent_read,
                unread = line.unread, last_text = line.last_text, last_author = line.last_author,
                last_at = line.last_at, last_minute = line.last_minute, language_by = line.language_by,
                agent_language = line.agent_language, heard_at = line.heard_at, replies = line.replies,
                revision = line.revision
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as line (id, mode, epoch, seq, feed, language, assignee_id, assignee_name, waiting_since,
                    customer_read, agent_read, unread, last_text, last_author, last_at, last_minute, language_by,
                    agent_language, heard_at, replies, revision)
            where c.id = line.id""";
    private static final String MOVE = """
            update conversation c set thread = :to, contact_id = :contact
            where c.channel_id = :channel and c.thread = :from
                and not exists (select 1 from conversation o where o.channel_id = :channel and o.thread = :to)""";
    private static final String KEEP_APART = """
            update conversation set thread = :apart, contact_id = :contact
            where channel_id = :channel and thread = :from
            returning id""";

    /** A thread of a channel. */
    record ThreadKey(ChannelId channel, String thread) {}

    /** A conversation to open. */
    record Opening(ConversationId id, DeskId desk, ThreadKey thread, ContactId contact, Language language) {}

    public Optional<Conversation> find(Handle db, ConversationId id) {
        return db.createQuery(FIND)
                .bind("id", id.value())
                .map((rs, _) -> read(rs))
                .findOne();
    }

    public Optional<Conversation> find(Handle db, ChannelId channel, String thread) {
        return db.createQuery(FIND_THREAD)
                .bind("channel", channel.value())
                .bind("thread", thread)
                .map((rs, _) -> read(rs))
                .findOne();
    }

    public List<Conversation> findAll(Handle db, Collection<ConversationId> ids) {
        return db.createQuery(FIND_ALL)
                .bindArray(
                        "ids",
                        UUID.class,
                        ids.stream().map(ConversationId::value).toList())
                .map((rs, _) -> read(rs))
                .list();
    }

    /** Locks, when the script runs, the conversations that exist of these. */
    void lock(
            Script script,
            Collection<ConversationId> ids,
            Collection<ThreadKey> threads,
            Consumer<Conversation> locked) {
        script.query(
                LOCK,
                row -> locked.accept(read(row)),
                Columns.of(ids).uuids(ConversationId::value),
                Columns.of(threads).uuids(key -> key.channel().value()).texts(ThreadKey::thread));
    }

    void open(Handle tx, Collection<Opening> openings, Instant at) {
        var lines = List.copyOf(openings);
        tx.createUpdate(OPEN)
                .bindArray(
                        "ids",
                        UUID.class,
                        lines.stream().map(line -> line.id().value()).toList())
                .bindArray(
                        "desks",
                        UUID.class,
                        lines.stream().map(line -> line.desk().value()).toList())
                .bindArray(
                        "channels",
                        UUID.class,
                        lines.stream()
                                .map(line -> line.thread().channel().value())
                                .toList())
                .bindArray(
                        "threads",
                        String.class,
                        lines.stream().map(line -> line.thread().thread()).toList())
                .bindArray(
                        "contacts",
                        UUID.class,
                        lines.stream().map(line -> line.contact().value()).toList())
                .bindArray(
                        "languages",
                        String.class,
                        lines.stream().map(line -> line.language().tag()).toList())
                .bindArray("ats", Instant.class, lines.stream().map(_ -> at).toList())
                .execute();
    }

    void update(Script script, Collection<Page> pages) {
        var changed = pages.stream()
                .filter(page -> !page.logged.isEmpty())
                .map(Page::conversation)
                .toList();
        script.update(
                UPDATE,
                Columns.of(changed)
                        .uuids(line -> line.id().value())
                        .texts(line -> line.mode().name())
                        .ints(Conversation::epoch)
                        .longs(line -> line.marks().seq())
                        .longs(line -> line.marks().feed())
                        .texts(line -> line.language().tag())
                        .uuids(line ->
                                line.standing().assignee().map(Assignee::id).orElse(null))
                        .texts(line ->
                                line.standing().assignee().map(Assignee::name).orElse(""))
                        .moments(line -> line.standing().waitingSince().orElse(null))
                        .longs(line -> line.marks().customerRead())
                        .longs(line -> line.marks().agentRead())
                        .ints(line -> line.marks().unread())
                        .texts(line -> line.last().text().replace("\0", ""))
                        .texts(line -> line.last().author())
                        .moments(line -> line.last().at())
                        .moments(line -> line.last().at().truncatedTo(ChronoUnit.MINUTES))
                        .texts(line -> line.languages().by().name())
                        .texts(line ->
                                line.languages().agents().map(Language::tag).orElse(null))
                        .moments(line -> line.heard().at().orElse(null))
                        .ints(line -> line.heard().replies())
                        .ints(Conversation::revision));
    }

    /** Gives a thread another name and owner, unless that name is taken; says whether it did. */
    public boolean move(Handle tx, ChannelId channel, String from, String to, ContactId contact) {
        return tx.createUpdate(MOVE)
                        .bind("channel", channel.value())
                        .bind("from", from)
                        .bind("to", to)
                        .bind("contact", contact.value())
                        .execute()
                > 0;
    }

    /** Gives a thread to another owner under a name nobody writes to; returns the conversation, if there is one. */
    public Optional<ConversationId> keepApart(Handle tx, ChannelId channel, String from, ContactId contact) {
        return tx.createQuery(KEEP_APART)
                .bind("channel", channel.value())
                .bind("from", from)
                .bind("apart", "merged:" + UUID.randomUUID())
                .bind("contact", contact.value())
                .map((rs, _) -> new ConversationId(rs.getObject("id", UUID.class)))
                .findOne();
    }

    public static Conversation read(ResultSet rs) throws SQLException {
        var place = new Conversation.Place(
                new DeskId(rs.getObject("desk_id", UUID.class)),
                new ChannelId(rs.getObject("channel_id", UUID.class)),
                rs.getString("thread"),
                new ContactId(rs.getObject("contact_id", UUID.class)));
        var standing = new Conversation.Standing(
                Mode.valueOf(rs.getString("mode")),
                rs.getInt("epoch"),
                Optional.ofNullable(rs.getObject("assignee_id", UUID.class))
                        .map(id -> new Assignee(id, string(rs, "assignee_name"))),
                Optional.ofNullable(rs.getTimestamp("waiting_since")).map(Timestamp::toInstant),
                rs.getInt("revision"));
        var marks = new Conversation.Marks(
                rs.getLong("seq"),
                rs.getLong("feed"),
                rs.getLong("customer_read"),
                rs.getLong("agent_read"),
                rs.getInt("unread"));
        var last = new Conversation.Last(
                rs.getString("last_text"),
                rs.getString("last_author"),
                rs.getTimestamp("last_at").toInstant());
        var heard = new Conversation.Heard(
                Optional.ofNullable(rs.getTimestamp("heard_at")).map(Timestamp::toInstant), rs.getInt("replies"));
        return new Conversation(
                new ConversationId(rs.getObject("id", UUID.class)),
                place,
                standing,
                marks,
                last,
                heard,
                new LanguagePair(
                        new Language(rs.getString("language")),
                        LanguagePair.By.valueOf(rs.getString("language_by")),
                        Optional.ofNullable(rs.getString("agent_language")).map(Language::new)),
                rs.getTimestamp("opened_at").toInstant());
    }

    private static String string(ResultSet rs, String column) {
        try {
            return rs.getString(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
