package io.kefuhub.core.models.money;

import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.Script;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Writes the {@code attempt} table, whose rows are only ever added. */
final class Attempts {
    private static final String COSTS = "select id, cost from attempt where id = any(?)";
    private static final String INSERT = """
            insert into attempt (id, at, dispatched_at, ended_at, desk, channel, assistant, customer, conversation_id,
                message_id, purpose, alias, deployment, provider, model, outcome, detail, source, input_tokens,
                cached_tokens, output_tokens, reasoning_tokens, price_id, currency, rate, tier, time_window, reserved,
                cost, over_reserved, on_grace, first_content_ms, whole_ms)
            select id, at, dispatched_at, ended_at, desk, channel, assistant, customer, conversation_id,
                message_id, purpose, alias, deployment, provider, model, outcome, detail, source, input_tokens,
                cached_tokens, output_tokens, reasoning_tokens, price_id, currency, rate::numeric, tier, time_window,
                reserved, cost, over_reserved <> 0, on_grace <> 0, first_content_ms, whole_ms
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as made (id, at, dispatched_at, ended_at, desk, channel, assistant, customer, conversation_id,
                    message_id, purpose, alias, deployment, provider, model, outcome, detail, source, input_tokens,
                    cached_tokens, output_tokens, reasoning_tokens, price_id, currency, rate, tier, time_window,
                    reserved, cost, over_reserved, on_grace, first_content_ms, whole_ms)""";

    /** Reads what attempts cost, of those that are over. */
    void costs(Script script, Collection<UUID> ids, BiConsumer<UUID, Long> to) {
        script.query(
                COSTS,
                row -> to.accept(row.getObject("id", UUID.class), row.getLong("cost")),
                Columns.of(ids).uuids(id -> id));
    }

    void insert(Script script, Collection<Attempt> made) {
        script.update(
                INSERT,
                Columns.of(made)
                        .uuids(Attempt::id)
                        .moments(one -> one.reservation().at())
                        .moments(one -> one.reservation().dispatchedAt().orElse(null))
                        .moments(Attempt::endedAt)
                        .texts(one -> one.reservation().worst().payer().desk())
                        .texts(one -> one.reservation().worst().payer().channel())
                        .texts(one -> one.reservation().worst().payer().assistant())
                        .texts(one -> one.reservation().worst().payer().customer())
                        .uuids(one ->
                                one.reservation().worst().payer().conversation().orElse(null))
                        .uuids(one ->
                                one.reservation().worst().payer().message().orElse(null))
                        .texts(one -> one.reservation().worst().purpose().name())
                        .texts(one -> one.reservation().worst().alias())
                        .texts(one -> one.reservation().worst().deployment())
                        .texts(one -> one.reservation().worst().provider())
                        .texts(one -> one.reservation().worst().model())
                        .texts(Attempt::outcome)
                        .texts(Attempt::detail)
                        .texts(one -> one.bill().source().name())
                        .longs(one -> one.usage().input())
                        .longs(one -> one.usage().cachedInput())
                        .longs(one -> one.usage().output())
                        .longs(one -> one.usage().reasoning())
                        .uuids(one -> one.bill().priceId().orElse(null))
                        .texts(one -> one.bill().currency())
                        .texts(one -> one.bill().rate().toPlainString())
                        .texts(one -> one.bill().tier())
                        .texts(one -> one.bill().window())
                        .longs(one -> one.reservation().amount())
                        .longs(one -> one.bill().cost())
                        .ints(one -> one.bill().overReserved() ? 1 : 0)
                        .ints(one -> one.bill().onGrace() ? 1 : 0)
                        .longs(one -> one.firstContent().map(Duration::toMillis).orElse(null))
                        .longs(one -> one.whole().map(Duration::toMillis).orElse(null)));
    }
}
