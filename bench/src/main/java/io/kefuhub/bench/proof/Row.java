package io.kefuhub.bench.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.bench.Event;
import io.kefuhub.bench.JsonWire;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One row of the event table with the message it is about; what there is nothing of is empty. Immutable.
 *
 * @param seq 0 for what the customer does not see
 * @param body what the event says by itself
 * @param text what the message says
 * @param at when it was said, in milliseconds of the epoch
 */
record Row(
        long feed,
        long seq,
        String kind,
        JsonNode body,
        String messageId,
        String externalId,
        String author,
        String name,
        String answers,
        String text,
        long at) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SELECT = """
            select e.feed, e.seq, e.kind, e.body::text as body, m.id::text as id, m.external_id, m.author,
                m.author_name, m.answers::text as answers, m.parts::text as parts,
                floor(extract(epoch from m.at) * 1000)::bigint as at
            from event e left join message m on m.id = e.message_id
            where e.conversation_id = cast(? as uuid) order by e.feed""";

    static List<Row> of(Connection database, String conversation) throws SQLException {
        var rows = new ArrayList<Row>();
        try (var select = database.prepareStatement(SELECT)) {
            select.setString(1, conversation);
            try (var found = select.executeQuery()) {
                while (found.next()) rows.add(read(found));
            }
        }
        return rows;
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("feed"),
                row.getLong("seq"),
                row.getString("kind"),
                json(text(row, "body")),
                text(row, "id"),
                text(row, "external_id"),
                text(row, "author").toLowerCase(Locale.ROOT),
                text(row, "author_name"),
                text(row, "answers"),
                JsonWire.text(json(text(row, "parts"))),
                row.getLong("at"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNullElse(row.getString(column), "");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.isEmpty() ? "{}" : text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isSaidBy(String who) {
        return kind.equals("SAID") && author.equals(who);
    }

    /** The customer's own id of what he said. */
    String cid() {
        return author.equals("customer") ? externalId.substring(externalId.indexOf(':') + 1) : "";
    }

    /** As the customer sees it; only where there is a {@code seq}. */
    Event event() {
        return switch (kind) {
            case "ENTERED" -> Event.entered(seq, state(), body.path("name").asText());
            case "READ" -> Event.read(seq, body.path("upTo").asLong());
            default -> {
                var speaker = author.equals("agent") ? name : "";
                yield new Event(seq, messageKind(), messageId, cid(), author, speaker, answers, text, at);
            }
        };
    }

    /** As agents see it. */
    Line line() {
        return switch (kind) {
            case "ENTERED" -> new Line(feed, seq, "state", "", "", mode());
            case "READ" ->
                new Line(
                        feed,
                        seq,
                        "read",
                        "",
                        "",
                        body.path("by").asText().toLowerCase(Locale.ROOT) + " "
                                + body.path("upTo").asText());
            case "SAID", "CHANGED" -> new Line(feed, seq, messageKind(), messageId, author, text);
            default -> new Line(feed, seq, kind.equals("NOTED") ? "note" : "rated", "", "", "");
        };
    }

    /** Who speaks from here on; empty where that does not change. */
    String mode() {
        return body.path("mode").asText().toLowerCase(Locale.ROOT);
    }

    private String state() {
        return switch (mode()) {
            case "waiting" -> "waiting_for_agent";
            case "agent" -> "with_agent";
            default -> mode();
        };
    }

    private String messageKind() {
        return kind.equals("SAID") ? "message" : "message.updated";
    }
}
