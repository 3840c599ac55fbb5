package io.kefuhub.core.models.money.price;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a model costs for a time. Immutable, in the database too: a call that was booked by it can always be explained.
 *
 * @param provider the contribution that speaks to the model; {@code *} for whichever
 * @param model the provider's name for it; {@code *} for all of a provider that have no price of their own
 * @param aliases other names of it, such as dated ones
 * @param currency three letters
 * @param source the page it was read from
 * @param checkedOn when somebody last compared it with the source
 * @param confirmed whether a person of this organisation did
 * @param managedBy the file that declares it
 */
public record Price(
        UUID id,
        String provider,
        String model,
        List<String> aliases,
        String currency,
        Instant validFrom,
        Optional<Instant> validTo,
        Terms terms,
        String source,
        Optional<LocalDate> checkedOn,
        boolean confirmed,
        Origin origin,
        Optional<String> managedBy) {
    /** Of every provider, or every model of one. */
    public static final String ANY = "*";

    /** Where a price comes from; of two that hold, the later origin counts. */
    public enum Origin {
        BUILT_IN,
        IMPORT,
        PERSON,
        FILE
    }

    public Price {
        aliases = List.copyOf(aliases);
        if (provider.isBlank() || model.isBlank()) throw new IllegalArgumentException("a price is of a model");
        if (!currency.matches("[A-Z]{3}")) throw new IllegalArgumentException("a currency such as CNY is expected");
    }

    boolean holdsAt(Instant moment) {
        return !moment.isBefore(validFrom) && validTo.map(moment::isBefore).orElse(true);
    }

    /** The same price until a moment. */
    Price until(Instant moment) {
        return new Price(
                id,
                provider,
                model,
                aliases,
                currency,
                validFrom,
                Optional.of(moment),
                terms,
                source,
                checkedOn,
                confirmed,
                origin,
                managedBy);
    }
}
