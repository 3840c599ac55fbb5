package io.kefuhub.core.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.api.channel.Contact;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code contact} table, and nothing else. */
public final class ContactRecords {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMNS =
            "k.id, k.channel_id, k.subject, k.verified, k.name, k.attributes::text as attributes, k.first_seen";
    private static final String FIND = "select " + COLUMNS + " from contact k where k.id = :id";
    // What is told again replaces what was known; what is not told stays.
    private static final String KEEP = """
            insert into contact (id, channel_id, subject, verified, name, attributes, first_seen)
            select id, channel_id, subject, verified, name, attributes::jsonb, :at
            from unnest(:ids, :channels, :subjects, :verifieds, :names, :attributes)
                as line (id, channel_id, subject, verified, name, attributes)
            on conflict (channel_id, subject) do update set
                verified = contact.verified or excluded.verified,
                name = case when excluded.name = '' then contact.name else excluded.name end,
                attributes = contact.attributes || excluded.attributes
            returning id, channel_id, subject""";

    /** Who a contact is: one subject of one channel. */
    public record Key(ChannelId channel, String subject) {}

    public Optional<ContactRecord> find(Handle db, ContactId id) {
        return db.createQuery(FIND)
                .bind("id", id.value())
                .map((rs, _) -> read(rs))
                .findOne();
    }

    /** Finds contacts or makes them; the ids are used for those that are new. One of each key at most. */
    public Map<Key, ContactId> keep(Handle tx, Collection<ContactRecord> contacts, Instant at) {
        var lines = List.copyOf(contacts);
        var kept = new HashMap<Key, ContactId>();
        tx.createQuery(KEEP)
                .bind("at", at)
                .bindArray(
                        "ids",
                        UUID.class,
                        lines.stream().map(line -> line.id().value()).toList())
                .bindArray(
                        "channels",
                        UUID.class,
                        lines.stream().map(line -> line.channel().value()).toList())
                .bindArray(
                        "subjects",
                        String.class,
                        lines.stream().map(line -> line.contact().subject()).toList())
                .bindArray(
                        "verifieds",
                        Boolean.class,
                        lines.stream().map(line -> line.contact().verified()).toList())
                .bindArray(
                        "names",
                        String.class,
                        lines.stream()
                                .map(line -> line.contact().name().replace("\0", ""))
                                .toList())
                .bindArray(
                        "attributes",
                        String.class,
                        lines.stream()
                                .map(line -> json(line.contact().attributes()))
                                .toList())
                .map((rs, _) -> kept.put(
                        new Key(new ChannelId(rs.getObject("channel_id", UUID.class)), rs.getString("subject")),
                        new ContactId(rs.getObject("id", UUID.class))))
                .list();
        return kept;
    }

    private static ContactRecord read(ResultSet rs) throws SQLException {
        var contact = new Contact(
                rs.getString("subject"),
                rs.getBoolean("verified"),
                rs.getString("name"),
                map(rs.getString("attributes")));
        return new ContactRecord(
                new ContactId(rs.getObject("id", UUID.class)),
                new ChannelId(rs.getObject("channel_id", UUID.class)),
                contact,
                rs.getTimestamp("first_seen").toInstant());
    }

    private static String json(Map<String, String> attributes) {
        try {
            return JSON.writeValueAsString(attributes).replace("\\u0000", "");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> map(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
