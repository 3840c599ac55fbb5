package io.kefuhub.core.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kefuhub.api.Language;
import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code event} table, and nothing else. */
public final class Events {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INSERT = """
            insert into event (conversation_id, feed, seq, kind, message_id, body, at)
            select conversation_id, feed, seq, kind, message_id, body::jsonb, at
            from unnest(?, ?, ?, ?, ?, ?, ?)
                as line (conversation_id, feed, seq, kind, message_id, body, at)""";
    private static final String SELECT = "select e.feed, e.seq as event_seq, e.kind, e.body::text as body,"
            + " e.at as event_at, " + Messages.COLUMNS
            + " from event e left join message m on m.id = e.message_id where e.conversation_id = :conversation";
    private static final String AFTER_FEED = SELECT + " and e.feed > :after order by e.feed limit :limit";
    private static final String BEFORE_FEED = SELECT + " and e.feed < :before order by e.feed desc limit :limit";
    private static final String AFTER_SEQ = SELECT + " and e.seq > :after order by e.seq limit :limit";
    private static final String BEFORE_SEQ = SELECT + " and e.seq < :before order by e.seq desc limit :limit";

    private static final String AROUND = "select * from ((" + SELECT
            + " and e.kind = 'SAID' and e.feed < :feed and e.feed = m.feed order by e.feed desc limit :each) union all ("
            + SELECT
            + " and e.kind = 'SAID' and e.feed > :feed and e.feed = m.feed order by e.feed limit :each)) around"
            + " order by feed";

    private static final String NOTES = """
            select line.conversation, line.author, line.cid, e.feed, e.seq as event_seq, e.kind, e.body::text as body,
                e.at as event_at
            from event e join unnest(?, ?, ?) as line (conversation, author, cid)
                on e.conversation_id = line.conversation and e.body ->> 'id' = line.author::text
                    and e.body ->> 'cid' = line.cid
            where e.kind = 'NOTED'""";

    void insert(Script script, Collection<Page> pages) {
        var lines = new ArrayList<Line>();
        for (var page : pages) {
            for (var logged : page.logged) lines.add(new Line(page.id(), logged.event(), logged.message()));
        }
        script.update(
                INSERT,
                Columns.of(lines)
                        .uuids(line -> line.conversation().value())
                        .longs(line -> line.event().feed())
                        .longs(line -> line.event().seq().isPresent()
                                ? (Long) line.event().seq().getAsLong()
                                : null)
                        .texts(line -> kind(line.event().body()))
                        .uuids(line -> line.message().map(MessageId::value).orElse(null))
                        .texts(line -> write(line.event().body()).orElse(null))
                        .moments(line -> line.event().at()));
    }

    private record Line(ConversationId conversation, FeedEvent event, Optional<MessageId> message) {}

    /** Finds, when the script runs, notes that were written under these keys before. */
    void notes(Script script, Collection<NoteKey> keys, BiConsumer<NoteKey, FeedEvent> found) {
        if (keys.isEmpty()) return;
        script.query(
                NOTES,
                row -> found.accept(
                        new NoteKey(
                                new ConversationId(row.getObject("conversation", UUID.class)),
                                row.getObject("author", UUID.class),
                                row.getString("cid")),
                        read(row)),
                Columns.of(keys)
                        .uuids(key -> key.conversation().value())
                        .uuids(NoteKey::author)
                        .texts(NoteKey::cid));
    }

    /** Reads events after a {@code feed} number, oldest first. */
    public List<FeedEvent> after(Handle db, ConversationId conversation, long feed, int limit) {
        return query(db, AFTER_FEED, conversation, "after", feed, limit);
    }

    /** Reads the last events before a {@code feed} number, oldest first. */
    public List<FeedEvent> before(Handle db, ConversationId conversation, long feed, int limit) {
        return query(db, BEFORE_FEED, conversation, "before", feed, limit).reversed();
    }

    /** Reads what the customer may see after a {@code seq} number, oldest first. */
    public List<FeedEvent> visibleAfter(Handle db, ConversationId conversation, long seq, int limit) {
        return query(db, AFTER_SEQ, conversation, "after", seq, limit);
    }

    /** Reads the last of what the customer may see before a {@code seq} number, oldest first. */
    public List<FeedEvent> visibleBefore(Handle db, ConversationId conversation, long seq, int limit) {
        return query(db, BEFORE_SEQ, conversation, "before", seq, limit).reversed();
    }

    /** Reads what was said last before a {@code feed} number and first after it, in order; without what stands there. */
    public List<FeedEvent> saidAround(Handle db, ConversationId conversation, long feed, int each) {
        return db.createQuery(AROUND)
                .bind("conversation", conversation.value())
                .bind("feed", feed)
                .bind("each", each)
                .map((rs, _) -> read(rs))
                .list();
    }

    private static List<FeedEvent> query(
            Handle db, String sql, ConversationId conversation, String bound, long number, int limit) {
        return db.createQuery(sql)
                .bind("conversation", conversation.value())
                .bind(bound, number)
                .bind("limit", limit)
                .map((rs, _) -> read(rs))
                .list();
    }

    private static String kind(EventBody body) {
        return switch (body) {
            case EventBody.Said _ -> "SAID";
            case EventBody.Changed _ -> "CHANGED";
            case EventBody.Entered _ -> "ENTERED";
            case EventBody.Read _ -> "READ";
            case EventBody.Noted _ -> "NOTED";
            case EventBody.Languages _ -> "LANGUAGES";
            case EventBody.Rated _ -> "RATED";
            case EventBody.Reviewed _ -> "REVIEWED";
        };
    }

    private static Optional<String> write(EventBody body) {
        var node = JsonNodeFactory.instance.objectNode();
        switch (body) {
            case EventBody.Said _, EventBody.Changed _ -> {
                return Optional.empty();
            }
            case EventBody.Entered(var mode, var assignee) -> {
                node.put("mode", mode.name());
                assignee.ifPresent(
                        agent -> node.put("id", agent.id().toString()).put("name", agent.name()));
            }
            case EventBody.Read(var by, var upTo) -> node.put("by", by.name()).put("upTo", upTo);
            case EventBody.Noted(var author, var cid, var text) -> {
                node.put("id", author.id().toString())
                        .put("name", author.name())
                        .put("text", text.replace("\0", ""));
                cid.ifPresent(id -> node.put("cid", id));
            }
            case EventBody.Languages(var pair) -> {
                node.put("customer", pair.customer().tag()).put("by", pair.by().name());
                pair.agents().ifPresent(agents -> node.put("agents", agents.tag()));
            }
            // Which message it is about stands in a column of its own, as with every event.
            case EventBody.Rated(var _, var score, var text) ->
                node.put("score", score).put("text", text.replace("\0", ""));
            case EventBody.Reviewed(var _, var decision, var by) ->
                node.put("decision", decision.name())
                        .put("id", by.id().toString())
                        .put("name", by.name());
        }
        return Optional.of(node.toString());
    }

    private static FeedEvent read(ResultSet rs) throws SQLException {
        var seq = rs.getLong("event_seq");
        var number = rs.wasNull() ? OptionalLong.empty() : OptionalLong.of(seq);
        return new FeedEvent(
                rs.getLong("feed"), number, rs.getTimestamp("event_at").toInstant(), body(rs));
    }

    private static EventBody body(ResultSet rs) throws SQLException {
        var kind = rs.getString("kind");
        return switch (kind) {
            case "SAID" -> new EventBody.Said(Messages.read(rs));
            case "CHANGED" -> new EventBody.Changed(Messages.read(rs));
            case "ENTERED" -> {
                var node = tree(rs);
                yield new EventBody.Entered(Mode.valueOf(node.path("mode").asText()), agent(node));
            }
            case "READ" -> {
                var node = tree(rs);
                yield new EventBody.Read(
                        Speaker.Kind.valueOf(node.path("by").asText()),
                        node.path("upTo").asLong());
            }
            case "NOTED" -> {
                var node = tree(rs);
                yield new EventBody.Noted(
                        agent(node).orElseThrow(),
                        Optional.ofNullable(node.get("cid")).map(JsonNode::asText),
                        node.path("text").asText());
            }
            case "LANGUAGES" -> {
                var node = tree(rs);
                yield new EventBody.Languages(new LanguagePair(
                        new Language(node.path("customer").asText()),
                        LanguagePair.By.valueOf(node.path("by").asText()),
                        Optional.ofNullable(node.get("agents"))
                                .map(JsonNode::asText)
                                .map(Language::new)));
            }
            case "RATED" -> {
                var node = tree(rs);
                yield new EventBody.Rated(
                        Optional.ofNullable(rs.getObject("id", UUID.class)).map(MessageId::new),
                        node.path("score").asInt(),
                        node.path("text").asText());
            }
            case "REVIEWED" -> {
                var node = tree(rs);
                yield new EventBody.Reviewed(
                        new MessageId(rs.getObject("id", UUID.class)),
                        Decision.valueOf(node.path("decision").asText()),
                        agent(node).orElseThrow());
            }
            default -> throw new IllegalStateException("unknown kind of event: " + kind);
        };
    }

    private static Optional<Assignee> agent(JsonNode node) {
        if (!node.has("id")) return Optional.empty();
        return Optional.of(new Assignee(
                UUID.fromString(node.path("id").asText()), node.path("name").asText()));
    }

    private static JsonNode tree(ResultSet rs) throws SQLException {
        try {
            return JSON.readTree(rs.getString("body"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
