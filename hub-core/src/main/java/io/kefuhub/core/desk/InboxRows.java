package io.kefuhub.core.desk;

import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Conversations;
import io.kefuhub.core.delivery.Allowance;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Every statement that reads conversations for the inbox: joined with whose and where they are, page by page. */
final class InboxRows {
    private final Function<Conversation, Allowance> allowances;

    /** @param allowances how much may be said in a conversation; answers from memory */
    InboxRows(Function<Conversation, Allowance> allowances) {
        this.allowances = allowances;
    }

    private static final String SELECT = "select " + Conversations.COLUMNS + """
            , c.last_minute, ch.key as channel_key, ch.title as channel_title, k.name as contact_name, k.verified,
                k.attributes::text as attributes
            from conversation c
            join channel ch on ch.id = c.channel_id
            join contact k on k.id = c.contact_id
            """;
    private static final String ALLOWED = " (cardinality(:desks) = 0 or c.desk_id = any (:desks))"
            + " and (cast(:desk as uuid) is null or c.desk_id = cast(:desk as uuid))";
    private static final String NEWEST = " and (c.last_minute, c.id) < (cast(:time as timestamptz), :id)"
            + " order by c.last_minute desc, c.id desc limit :limit";
    private static final String LONGEST = " and (c.waiting_since, c.id) > (cast(:time as timestamptz), :id)"
            + " order by c.waiting_since, c.id limit :limit";
    private static final String MINE = SELECT + "where c.mode = 'AGENT' and c.assignee_id = :me and" + ALLOWED;
    private static final String WAITING = SELECT + "where c.mode = 'WAITING' and" + ALLOWED;
    private static final String ALL = SELECT + "where" + ALLOWED;
    // The newest words first; what is older than all that one page could show is not looked for.
    private static final String FOUND = """
             and c.id in (
                select conversation_id from (
                    select m.conversation_id from message m
                    where m.parts::text ilike :like and m.state <> 'TAKEN_BACK' and exists (
                        select 1 from jsonb_array_elements(m.parts) part
                        where part ->> 'text' ilike :like or part ->> 'name' ilike :like)
                    order by m.id desc limit 2000) said
                union all
                select o.id from conversation o join contact named on named.id = o.contact_id
                where named.name ilike :like)""";
    private static final String SAID = """
            select o.id, o.desk_id, part.text
            from (
                select m.conversation_id, m.parts from message m
                where m.parts::text ilike :like and m.state <> 'TAKEN_BACK' order by m.id desc limit 2000) said
            join conversation o on o.id = said.conversation_id
            cross join lateral (
                select concat_ws(E'\\n', one ->> 'text', one ->> 'name') as text
                from jsonb_array_elements(said.parts) one) part
            where part.text ilike :like and (cardinality(:desks) = 0 or o.desk_id = any (:desks))
            union all
            select o.id, o.desk_id, named.name from conversation o join contact named on named.id = o.contact_id
            where named.name ilike :like and (cardinality(:desks) = 0 or o.desk_id = any (:desks))""";
    private static final String BY_IDS = SELECT + "where c.id = any (:ids)";
    private static final String COUNTS = """
            select
                (select count(*) from conversation c where c.mode = 'AGENT' and c.assignee_id = :me) as mine,
                (select count(*) from conversation c where c.mode = 'WAITING'
                    and (cardinality(:desks) = 0 or c.desk_id = any (:desks))) as waiting,
                (select count(*) from (select 1 from conversation c where c.mode <> 'CLOSED'
                    and (cardinality(:desks) = 0 or c.desk_id = any (:desks)) limit :most) counted) as open_ones,
                case when :reviews then (select count(*) from (select 1 from hold h where h.decision is null
                    and (cardinality(:desks) = 0 or h.desk_id = any (:desks)) limit :most) kept) else 0 end as held""";
    /** More than this are not counted. */
    private static final int MOST = 10_000;

    private static final int SEARCH_SECONDS = 10;

    /** Which conversations. */
    enum View {
        MINE,
        WAITING,
        ALL
    }

    /** Where a page ends; the next one begins after it. */
    record Place(Instant time, UUID id) {
        static Place beginning(View view) {
            return view == View.WAITING
                    ? new Place(Instant.EPOCH, new UUID(0, 0))
                    : new Place(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));
        }
    }

    /** @param among only these conversations; empty for all */
    record Wanted(
            View view,
            Optional<UUID> desk,
            Optional<String> words,
            Optional<List<UUID>> among,
            Place after,
            int limit) {}

    /** Something that was said, or the name of who said it. */
    record Said(UUID conversation, UUID desk, String text) {}

    /** A row, and where it stands in its view. */
    record Row(Conversation conversation, Summary summary, Place place) {}

    /** @param held messages that wait for review, as far as one may review them */
    record Counts(long mine, long waiting, long all, long held) {}

    List<Row> page(Handle db, Caller caller, Wanted wanted) {
        var sql = switch (wanted.view()) {
                    case MINE -> MINE;
                    case WAITING -> WAITING;
                    case ALL -> ALL;
                }
                + (wanted.words().isPresent() ? FOUND : "")
                + (wanted.among().isPresent() ? " and c.id = any (:among)" : "")
                + (wanted.view() == View.WAITING ? LONGEST : NEWEST);
        return db.createQuery(sql)
                .setQueryTimeout(SEARCH_SECONDS)
                .bindArray("desks", UUID.class, List.copyOf(caller.desks()))
                .bindByType("desk", wanted.desk().orElse(null), UUID.class)
                .bindMap(named(caller, wanted))
                .bindArray("among", UUID.class, wanted.among().orElse(List.of()))
                .bind("time", wanted.after().time())
                .bind("id", wanted.after().id())
                .bind("limit", wanted.limit())
                .map((rs, _) -> read(rs, wanted.view()))
                .list();
    }

    /** The newest of what was said with these words in it, and the names that hold them, in the caller's desks. */
    List<Said> said(Handle db, Caller caller, String words) {
        return db.createQuery(SAID)
                .setQueryTimeout(SEARCH_SECONDS)
                .bindArray("desks", UUID.class, List.copyOf(caller.desks()))
                .bind("like", like(words))
                .map((rs, _) -> new Said(
                        rs.getObject("id", UUID.class), rs.getObject("desk_id", UUID.class), rs.getString("text")))
                .list();
    }

    private static String like(String words) {
        return "%" + words.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    List<Row> byIds(Handle db, Collection<UUID> ids) {
        return db.createQuery(BY_IDS)
                .bindArray("ids", UUID.class, List.copyOf(ids))
                .map((rs, _) -> read(rs, View.ALL))
                .list();
    }

    Counts counts(Handle db, Caller caller, boolean reviews) {
        return db.createQuery(COUNTS)
                .bind("me", caller.id())
                .bindArray("desks", UUID.class, List.copyOf(caller.desks()))
                .bind("most", MOST)
                .bind("reviews", reviews)
                .map((rs, _) -> new Counts(
                        rs.getLong("mine"), rs.getLong("waiting"), rs.getLong("open_ones"), rs.getLong("held")))
                .one();
    }

    private static Map<String, Object> named(Caller caller, Wanted wanted) {
        var named = new HashMap<String, Object>();
        if (wanted.view() == View.MINE) named.put("me", caller.id());
        wanted.words().ifPresent(words -> named.put("like", like(words)));
        return named;
    }

    private Row read(ResultSet rs, View view) throws SQLException {
        var conversation = Conversations.read(rs);
        var name = rs.getString("contact_name");
        var attributes = new HashMap<String, String>();
        Json.tree(rs.getString("attributes"))
                .properties()
                .forEach(
                        entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
        var summary = Summary.of(
                conversation,
                new Summary.ChannelRef(rs.getString("channel_key"), rs.getString("channel_title")),
                new Summary.ContactRef(
                        conversation.place().contact().value(),
                        name.isEmpty() ? Optional.empty() : Optional.of(name),
                        rs.getBoolean("verified"),
                        attributes),
                WindowView.of(allowances.apply(conversation)));
        var time = view == View.WAITING
                ? conversation.standing().waitingSince().orElse(Instant.EPOCH)
                : rs.getObject("last_minute", OffsetDateTime.class).toInstant();
        return new Row(conversation, summary, new Place(time, conversation.id().value()));
    }
}
