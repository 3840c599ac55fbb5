package io.kefuhub.core.models.money;

import io.kefuhub.core.database.Columns;
import io.kefuhub.core.database.Script;
import java.time.Instant;
import java.util.Collection;

/** Writes the {@code budget_refusal} table. */
final class Refusals {
    private static final String INSERT = """
            insert into budget_refusal (id, at, desk, purpose, alias, provider, model, budget, fitting_tokens)
            select id, at, desk, purpose, alias, provider, model, budget, fitting_tokens
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                as refused (id, at, desk, purpose, alias, provider, model, budget, fitting_tokens)
            on conflict (id) do nothing""";

    record Refused(WorstCase worst, Instant at, Reserving.Short answer) {}

    void insert(Script script, Collection<Refused> refused) {
        script.update(
                INSERT,
                Columns.of(refused)
                        .uuids(one -> one.worst().attempt())
                        .moments(Refused::at)
                        .texts(one -> one.worst().payer().desk())
                        .texts(one -> one.worst().purpose().name())
                        .texts(one -> one.worst().alias())
                        .texts(one -> one.worst().provider())
                        .texts(one -> one.worst().model())
                        .texts(one -> one.answer().budget())
                        .longs(one -> one.answer().outputTokens()));
    }
}
