package io.kefuhub.core.models.money;

import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.Script;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code reservation} table alone. */
final class Reservations {
    private static final String LOCK = """
            select id, at, expires_at, dispatched_at, desk, channel, assistant, customer, conversation_id, message_id,
                purpose, alias, deployment, provider, model, input_tokens, output_tokens, price_id, rate, amount
            from reservation where id = any(?) order by id for update""";
    private static final String INSERT = """
            insert into reservation (id, node, run, at, expires_at, dispatched_at, desk, channel, assistant, customer,
                conversation_id, message_id, purpose, alias, deployment, provider, model, input_tokens, output_tokens,
                price_id, rate, amount)
            select id, node, run, at, expires_at, dispatched_at, desk, channel, assistant, customer,
                conversation_id, message_id, purpose, alias, deployment, provider, model, input_tokens, output_tokens,
                price_id, rate::numeric, amount
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as kept (id, node, run, at, expires_at, dispatched_at, desk, channel, assistant, customer,
                    conversation_id, message_id, purpose, alias, deployment, provider, model, input_tokens,
                    output_tokens, price_id, rate, amount)""";
    private static final String SEND = """
            update reservation set dispatched_at = sent.at from unnest(?, ?) as sent (id, at)
            where reservation.id = sent.id and reservation.dispatched_at is null""";
    private static final String DELETE = "delete from reservation where id = any(?)";
    private static final String TAKE = "delete from reservation where id = any(?) returning id";
    private static final String EXPIRED =
            "select id from reservation where expires_at < :now order by expires_at limit :limit";
    private static final String ORPHANED =
            "select id from reservation where node = :node and run <> :run order by id limit :limit";
    private static final String COUNT = "select count(*) from reservation";

    private final String node;
    private final UUID run;

    /**
     * @param node which hub this is, always
     * @param run which of its lives
     */
    Reservations(String node, UUID run) {
        this.node = node;
        this.run = run;
    }

    void lock(Script script, Collection<UUID> ids, Consumer<Reservation> to) {
        script.query(LOCK, row -> to.accept(read(row)), Columns.of(ids).uuids(id -> id));
    }

    void insert(Script script, Collection<Reservation> kept) {
        script.update(
                INSERT,
                Columns.of(kept)
                        .uuids(Reservation::id)
                        .texts(_ -> node)
                        .uuids(_ -> run)
                        .moments(Reservation::at)
                        .moments(one -> one.worst().expires())
                        .moments(one -> one.dispatchedAt().orElse(null))
                        .texts(one -> one.worst().payer().desk())
                        .texts(one -> one.worst().payer().channel())
                        .texts(one -> one.worst().payer().assistant())
                        .texts(one -> one.worst().payer().customer())
                        .uuids(one -> one.worst().payer().conversation().orElse(null))
                        .uuids(one -> one.worst().payer().message().orElse(null))
                        .texts(one -> one.worst().purpose().name())
                        .texts(one -> one.worst().alias())
                        .texts(one -> one.worst().deployment())
                        .texts(one -> one.worst().provider())
                        .texts(one -> one.worst().model())
                        .longs(one -> one.worst().inputTokens())
                        .longs(one -> one.worst().outputTokens())
                        .uuids(one -> one.priceId().orElse(null))
                        .texts(one -> one.rate().toPlainString())
                        .longs(Reservation::amount));
    }

    void send(Script script, Collection<Reservation> sent) {
        script.update(
                SEND,
                Columns.of(sent)
                        .uuids(Reservation::id)
                        .moments(one -> one.dispatchedAt().orElse(null)));
    }

    void delete(Script script, Collection<UUID> settled) {
        script.update(DELETE, Columns.of(settled).uuids(id -> id));
    }

    /** Ends those that are open; tells of each that was. */
    void take(Script script, Collection<UUID> over, Consumer<UUID> to) {
        if (over.isEmpty()) return;
        script.query(
                TAKE,
                row -> to.accept(row.getObject("id", UUID.class)),
                Columns.of(over).uuids(id -> id));
    }

    /** Those that nobody settled in time. */
    List<UUID> expired(Handle db, Instant now, int limit) {
        return db.createQuery(EXPIRED)
                .bind("now", now)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    /** Those that an earlier life of this hub left. */
    List<UUID> orphaned(Handle db, int limit) {
        return db.createQuery(ORPHANED)
                .bind("node", node)
                .bind("run", run)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    long count(Handle db) {
        return db.createQuery(COUNT).mapTo(Long.class).one();
    }

    private static Reservation read(ResultSet row) throws SQLException {
        var payer = new Payer(
                row.getString("desk"),
                row.getString("channel"),
                row.getString("assistant"),
                row.getString("customer"),
                Optional.ofNullable(row.getObject("conversation_id", UUID.class)),
                Optional.ofNullable(row.getObject("message_id", UUID.class)));
        var priceId = Optional.ofNullable(row.getObject("price_id", UUID.class));
        var worst = new WorstCase(
                row.getObject("id", UUID.class),
                payer,
                Purpose.valueOf(row.getString("purpose")),
                row.getString("alias"),
                row.getString("deployment"),
                row.getString("provider"),
                row.getString("model"),
                priceId.isEmpty(),
                row.getLong("input_tokens"),
                row.getLong("output_tokens"),
                moment(row, "expires_at"));
        var dispatched = Optional.ofNullable(row.getObject("dispatched_at", OffsetDateTime.class));
        return new Reservation(
                worst,
                moment(row, "at"),
                dispatched.map(OffsetDateTime::toInstant),
                priceId,
                Optional.ofNullable(row.getBigDecimal("rate")).orElse(BigDecimal.ONE),
                row.getLong("amount"));
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
