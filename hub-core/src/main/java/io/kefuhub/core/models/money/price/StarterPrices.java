package io.kefuhub.core.models.money.price;

import io.kefuhub.core.database.Ids;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The prices that come with the hub, each with the page it was read from and when. All of them are to be checked. */
public final class StarterPrices {
    private static final String RESOURCE = "/prices/starter.json";

    private StarterPrices() {}

    private record File(List<PriceBody> prices) {}

    public static List<Price> read(Ids ids) {
        try (var in = StarterPrices.class.getResourceAsStream(RESOURCE)) {
            if (in == null) throw new IllegalStateException(RESOURCE + " is missing");
            return Json.read(in.readAllBytes(), File.class).prices().stream()
                    .map(body -> {
                        var day = body.checkedOn().orElse(LocalDate.EPOCH).atStartOfDay(ZoneOffset.UTC);
                        return body.price(ids.next(), Price.Origin.BUILT_IN, day.toInstant(), Optional.empty());
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
