package io.kefuhub.core.models.routing;

import io.kefuhub.core.database.Ids;
import io.kefuhub.core.models.CallWitness;
import io.kefuhub.core.models.TokenEstimate;
import io.kefuhub.core.models.catalogue.CatalogueKeeper;
import io.kefuhub.core.models.money.Ledger;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What the way of a question needs of the hub. Immutable.
 *
 * @param tempo as it is for a question that begins now
 */
public record Parts(
        Contributions contributions,
        Guard guard,
        CatalogueKeeper keeper,
        Ledger ledger,
        TokenEstimate estimate,
        Ids ids,
        InstantSource clock,
        ModelMetrics metrics,
        CallWitness witness,
        Supplier<Tempo> tempo) {}
