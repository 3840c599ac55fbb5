package io.kefuhub.core.conversation;

import io.kefuhub.api.filter.Stage;
import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.Script;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code hold} table, and nothing else. */
public final class Holds {
    /** Stands between the rules of a row, because arrays are not sent in arrays. */
    private static final String BETWEEN = "\u001f";

    private static final String SELECT = "select h.id as hold_id, h.conversation_id, h.desk_id, h.contact_id, h.epoch,"
            + " h.stage, h.filter, h.version, h.rules, h.why::text as why, h.at as held_at, h.decision, h.decided_by,"
            + " h.decided_name, h.decided_at, m.feed, " + Messages.COLUMNS
            + " from hold h join message m on m.id = h.message_id ";
    private static final String INSERT = """
            insert into hold (id, message_id, conversation_id, desk_id, contact_id, epoch, stage, filter, version, rules,
                why, at)
            select id, message_id, conversation_id, desk_id, contact_id, epoch, stage, filter, version,
                coalesce(string_to_array(nullif(rules, ''), chr(31)), '{}'), why::jsonb, at
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as line (id, message_id, conversation_id, desk_id, contact_id, epoch, stage, filter, version, rules,
                    why, at)
            on conflict (message_id) where decision is null do nothing""";
    private static final String DECIDE = """
            update hold h set decision = line.decision, decided_by = line.decided_by,
                decided_name = line.decided_name, decided_at = line.decided_at
            from unnest(?, ?, ?, ?, ?) as line (id, decision, decided_by, decided_name, decided_at)
            where h.id = line.id and h.decision is null""";
    private static final String DROP = """
            delete from hold h using unnest(?) as line (message) where h.message_id = line.message and h.decision is null""";
    private static final String WANTED = SELECT + "where h.id = any (?)";
    private static final String FIND = SELECT + "where h.id = :id";
    private static final String ALLOWED = " (cardinality(:desks) = 0 or h.desk_id = any (:desks))"
            + " and (cast(:desk as uuid) is null or h.desk_id = cast(:desk as uuid))";
    private static final String OLDEST = SELECT + "where h.decision is null and" + ALLOWED
            + " and (h.at, h.id) > (cast(:time as timestamptz), :id) order by h.at, h.id limit :limit";
    private static final String NEWEST = SELECT + "where h.decision is null and" + ALLOWED
            + " and (h.at, h.id) < (cast(:time as timestamptz), :id) order by h.at desc, h.id desc limit :limit";
    private static final String OF_CONTACT = SELECT
            + "where h.contact_id = :contact and h.id <> :id and h.at <= :until order by h.at desc, h.id desc limit :limit";
    private static final String OF_RULES = SELECT
            + "where h.filter = :filter and (h.rules && :rules or cardinality(:rules) = 0) and h.decision is not null"
            + " and h.id <> :id and (cardinality(:desks) = 0 or h.desk_id = any (:desks))"
            + " order by h.at desc, h.id desc limit :limit";
    private static final String COUNT = """
            select h.filter, coalesce(rule.name, '') as rule, count(*) as held, count(h.decision) as decided,
                count(*) filter (where h.decision = 'RELEASED') as released,
                count(*) filter (where h.decision = 'MASKED') as masked,
                count(*) filter (where h.decision = 'REFUSED') as refused,
                count(*) filter (where h.decision = 'ANSWERED') as answered
            from hold h left join lateral unnest(h.rules) as rule (name) on true
            where h.at >= :from and h.at < :to and (cardinality(:desks) = 0 or h.desk_id = any (:desks))
                and (cast(:desk as uuid) is null or h.desk_id = cast(:desk as uuid))
            group by 1, 2 order by 3 desc, 1, 2 limit :limit""";
    private static final String PASSED = """
            select filter from hold where message_id = :message and decision in ('RELEASED', 'MASKED')
            order by decided_at desc limit 1""";

    /** Which open ones: those of these desks, all where there are none, after a place in their order. */
    public record Wanted(Set<UUID> desks, Optional<UUID> desk, boolean newestFirst, Place after, int limit) {}

    /** Where a page ends; the next one begins after it. */
    public record Place(Instant time, UUID id) {
        public static Place beginning(boolean newestFirst) {
            return newestFirst
                    ? new Place(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1))
                    : new Place(Instant.EPOCH, new UUID(0, 0));
        }

        public static Place of(Held held) {
            return new Place(held.at(), held.id().value());
        }
    }

    /** What is counted: what was kept from a moment on and before another, in these desks. */
    public record Of(Instant from, Instant to, Set<UUID> desks, Optional<UUID> desk, int limit) {}

    /**
     * How often a rule of a filter kept a message, and what was decided.
     *
     * @param rule empty for what the filter does not put down to one
     */
    public record Counted(
            String filter,
            String rule,
            long held,
            long decided,
            long released,
            long masked,
            long refused,
            long answered) {}

    /** A message to keep. */
    record Kept(HoldId id, MessageId message, Page page, int epoch, Hold hold) {}

    /** A decision to write. */
    record Ruled(HoldId id, Held.Decided decided) {}

    void write(Script script, Collection<Page> pages) {
        var kept = new ArrayList<Kept>();
        var ruled = new ArrayList<Ruled>();
        for (var page : pages) {
            kept.addAll(page.kept);
            ruled.addAll(page.ruled);
        }
        // What its author took back or changed is not what was kept.
        script.update(
                DROP,
                Columns.of(pages.stream().flatMap(page -> page.unheld.stream()).toList())
                        .uuids(MessageId::value));
        script.update(
                DECIDE,
                Columns.of(ruled)
                        .uuids(line -> line.id().value())
                        .texts(line -> line.decided().decision().name())
                        .uuids(line -> line.decided().by().id())
                        .texts(line -> line.decided().by().name())
                        .moments(line -> line.decided().at()));
        script.update(
                INSERT,
                Columns.of(kept)
                        .uuids(line -> line.id().value())
                        .uuids(line -> line.message().value())
                        .uuids(line -> line.page().id().value())
                        .uuids(line -> line.page().place().desk().value())
                        .uuids(line -> line.page().place().contact().value())
                        .ints(Kept::epoch)
                        .texts(line -> line.hold().stage().name())
                        .texts(line -> line.hold().filter())
                        .texts(line -> line.hold().version())
                        .texts(line -> joined(line.hold().rules()))
                        .texts(line -> line.hold().why())
                        .moments(line -> line.page().now()));
    }

    private static String joined(List<String> rules) {
        return rules.stream()
                .map(rule -> rule.replace(BETWEEN, "").replace("\0", ""))
                .filter(rule -> !rule.isBlank())
                .distinct()
                .collect(Collectors.joining(BETWEEN));
    }

    /** Finds, when the script runs, what is or was kept under these ids. */
    void wanted(Script script, Collection<HoldId> ids, Consumer<Held> found) {
        if (ids.isEmpty()) return;
        script.query(WANTED, row -> found.accept(read(row)), Columns.of(ids).uuids(HoldId::value));
    }

    public Optional<Held> find(Handle db, HoldId id) {
        return db.createQuery(FIND)
                .bind("id", id.value())
                .map((rs, _) -> read(rs))
                .findOne();
    }

    /** Reads what waits for a decision. */
    public List<Held> open(Handle db, Wanted wanted) {
        return db.createQuery(wanted.newestFirst() ? NEWEST : OLDEST)
                .bindArray("desks", UUID.class, List.copyOf(wanted.desks()))
                .bindByType("desk", wanted.desk().orElse(null), UUID.class)
                .bind("time", wanted.after().time())
                .bind("id", wanted.after().id())
                .bind("limit", wanted.limit())
                .map((rs, _) -> read(rs))
                .list();
    }

    /** Reads what else was kept of the same customer, newest first. */
    public List<Held> ofContact(Handle db, Held held, int limit) {
        return db.createQuery(OF_CONTACT)
                .bind("contact", held.contact().value())
                .bind("id", held.id().value())
                .bind("until", held.at())
                .bind("limit", limit)
                .map((rs, _) -> read(rs))
                .list();
    }

    /** Reads what was decided where the same filter found the same, in desks that somebody may read; newest first. */
    public List<Held> ofRules(Handle db, Held held, Set<UUID> desks, int limit) {
        return db.createQuery(OF_RULES)
                .bind("filter", held.hold().filter())
                .bindArray("rules", String.class, held.hold().rules())
                .bindArray("desks", UUID.class, List.copyOf(desks))
                .bind("id", held.id().value())
                .bind("limit", limit)
                .map((rs, _) -> read(rs))
                .list();
    }

    /** The rules that kept most, first. */
    public List<Counted> count(Handle db, Of of) {
        return db.createQuery(COUNT)
                .bind("from", of.from())
                .bind("to", of.to())
                .bindArray("desks", UUID.class, List.copyOf(of.desks()))
                .bindByType("desk", of.desk().orElse(null), UUID.class)
                .bind("limit", of.limit())
                .map((rs, _) -> new Counted(
                        rs.getString("filter"),
                        rs.getString("rule"),
                        rs.getLong("held"),
                        rs.getLong("decided"),
                        rs.getLong("released"),
                        rs.getLong("masked"),
                        rs.getLong("refused"),
                        rs.getLong("answered")))
                .list();
    }

    /** The filter whose word about a message was overruled last. */
    public Optional<String> passed(Handle db, MessageId message) {
        return db.createQuery(PASSED)
                .bind("message", message.value())
                .mapTo(String.class)
                .findOne();
    }

    private static Held read(ResultSet rs) throws SQLException {
        var hold = new Hold(
                Stage.valueOf(rs.getString("stage")),
                rs.getString("filter"),
                rs.getString("version"),
                List.of((String[]) rs.getArray("rules").getArray()),
                rs.getString("why"));
        return new Held(
                new HoldId(rs.getObject("hold_id", UUID.class)),
                new ConversationId(rs.getObject("conversation_id", UUID.class)),
                new DeskId(rs.getObject("desk_id", UUID.class)),
                new ContactId(rs.getObject("contact_id", UUID.class)),
                rs.getInt("epoch"),
                rs.getLong("feed"),
                hold,
                Messages.read(rs),
                rs.getTimestamp("held_at").toInstant(),
                decided(rs));
    }

    private static Optional<Held.Decided> decided(ResultSet rs) throws SQLException {
        var decision = rs.getString("decision");
        if (decision == null) return Optional.empty();
        var by = new Assignee(rs.getObject("decided_by", UUID.class), rs.getString("decided_name"));
        return Optional.of(new Held.Decided(
                Decision.valueOf(decision), by, rs.getTimestamp("decided_at").toInstant()));
    }
}
