package io.kefuhub.core.conversation;

import io.kefuhub.api.Language;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Every statement that touches the {@code conversation} table, and nothing else. */
public final class Conversations {
    public static final String COLUMNS = """
            c.id, c.desk_id, c.channel_id, c.thread, c.contact_id, c.mode, c.epoch, c.seq, c.feed, c.language,
            c.assignee_id, c.assignee_name, c.waiting_since, c.customer_read, c.agent_read, c.unread, c.last_text,
            c.last_author, c.last_at, c.opened_at""";
    private static final String FIND = "select " + COLUMNS + " from conversation c where c.id = :id";
    private static final String FIND_THREAD =
            "select " + COLUMNS + " from conversation c where c.channel_id = :channel and c.thread = :thread";
    private static final String FIND_ALL = "select " + COLUMNS + " from conversation c where c.id = any (:ids)";
    private static final String FIND_THREADS = """
            select c.id, c.channel_id, c.thread from conversation c
            join unnest(:channels, :threads) as line (channel, thread)
                on c.channel_id = line.channel and c.thread = line.thread""";
    // In one order, so that two writers never wait for each other.
    private static final String LOCK =
            "select " + COLUMNS + " from conversation c where c.id = any (:ids) order by c.id for update";
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
                last_at = line.last_at, last_minute = line.last_minute
            from unnest(:ids, :modes, :epochs, :seqs, :feeds, :languages, :assigneeIds, :assigneeNames, :waitings,
                :customerReads, :agentReads, :unreads, :lastTexts, :lastAuthors, :lastAts, :lastMinutes)
                as line (id, mode, epoch, seq, feed, language, assignee_id, assignee_name, waiting_since,
                    customer_read, agent_read, unread, last_text, last_author, last_at, last_minute)
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

    Map<ThreadKey, ConversationId> find(Handle tx, Collection<ThreadKey> threads) {
        var found = new HashMap<ThreadKey, ConversationId>();
        tx.createQuery(FIND_THREADS)
                .bindArray(
                        "channels",
                        UUID.class,
                        threads.stream().map(key -> key.channel().value()).toList())
                .bindArray(
                        "threads",
                        String.class,
                        threads.stream().map(ThreadKey::thread).toList())
                .map((rs, _) -> found.put(
                        new ThreadKey(new ChannelId(rs.getObject("channel_id", UUID.class)), rs.getString("thread")),
                        new ConversationId(rs.getObject("id", UUID.class))))
                .list();
        return found;
    }

    List<Conversation> lock(Handle tx, Collection<ConversationId> ids) {
        return tx.createQuery(LOCK)
                .bindArray(
                        "ids",
                        UUID.class,
                        ids.stream().map(ConversationId::value).toList())
                .map((rs, _) -> read(rs))
                .list();
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

    void update(Handle tx, Collection<Page> pages) {
        var changed = pages.stream()
                .filter(page -> !page.logged.isEmpty())
                .map(Page::conversation)
                .toList();
        if (changed.isEmpty()) return;
        var assigneeIds = new ArrayList<@Nullable UUID>();
        var assigneeNames = new ArrayList<String>();
        var waitings = new ArrayList<@Nullable Instant>();
        for (var conversation : changed) {
            var standing = conversation.standing();
            assigneeIds.add(standing.assignee().map(Assignee::id).orElse(null));
            assigneeNames.add(standing.assignee().map(Assignee::name).orElse(""));
            waitings.add(standing.waitingSince().orElse(null));
        }
        tx.createUpdate(UPDATE)
                .bindArray(
                        "ids",
                        UUID.class,
                        changed.stream().map(c -> c.id().value()).toList())
                .bindArray(
                        "modes",
                        String.class,
                        changed.stream().map(c -> c.mode().name()).toList())
                .bindArray(
                        "epochs",
                        Integer.class,
                        changed.stream().map(Conversation::epoch).toList())
                .bindArray(
                        "seqs",
                        Long.class,
                        changed.stream().map(c -> c.marks().seq()).toList())
                .bindArray(
                        "feeds",
                        Long.class,
                        changed.stream().map(c -> c.marks().feed()).toList())
                .bindArray(
                        "languages",
                        String.class,
                        changed.stream().map(c -> c.language().tag()).toList())
                .bindArray("assigneeIds", UUID.class, assigneeIds)
                .bindArray("assigneeNames", String.class, assigneeNames)
                .bindArray("waitings", Instant.class, waitings)
                .bindArray(
                        "customerReads",
                        Long.class,
                        changed.stream().map(c -> c.marks().customerRead()).toList())
                .bindArray(
                        "agentReads",
                        Long.class,
                        changed.stream().map(c -> c.marks().agentRead()).toList())
                .bindArray(
                        "unreads",
                        Integer.class,
                        changed.stream().map(c -> c.marks().unread()).toList())
                .bindArray(
                        "lastTexts",
                        String.class,
                        changed.stream()
                                .map(c -> c.last().text().replace("\0", ""))
                                .toList())
                .bindArray(
                        "lastAuthors",
                        String.class,
                        changed.stream().map(c -> c.last().author()).toList())
                .bindArray(
                        "lastAts",
                        Instant.class,
                        changed.stream().map(c -> c.last().at()).toList())
                .bindArray(
                        "lastMinutes",
                        Instant.class,
                        changed.stream()
                                .map(c -> c.last().at().truncatedTo(ChronoUnit.MINUTES))
                                .toList())
                .execute();
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
                Optional.ofNullable(rs.getTimestamp("waiting_since")).map(Timestamp::toInstant));
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
        return new Conversation(
                new ConversationId(rs.getObject("id", UUID.class)),
                place,
                standing,
                marks,
                last,
                new Language(rs.getString("language")),
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
