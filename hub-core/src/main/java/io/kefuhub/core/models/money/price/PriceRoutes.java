package io.kefuhub.core.models.money.price;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What models cost, and what currencies are worth. */
public final class PriceRoutes implements RouteModule {
    private static final int FILE_LIMIT = 16 * 1024 * 1024;
    private static final int SOURCE = 500;
    private static final Comparator<Price> ORDER =
            Comparator.comparing(Price::provider).thenComparing(Price::model).thenComparing(Price::validFrom);

    private final Prices prices;
    private final Ids ids;
    private final InstantSource clock;
    private final Supplier<String> currency;

    /** @param currency of the books */
    public PriceRoutes(Prices prices, Ids ids, InstantSource clock, Supplier<String> currency) {
        this.prices = prices;
        this.ids = ids;
        this.clock = clock;
        this.currency = currency;
    }

    record RateBody(String rate, Optional<Instant> validFrom, Optional<String> source) {}

    record RateView(String currency, Instant validFrom, String rate, String source, Optional<String> managedBy) {}

    record ImportView(boolean dryRun, int found, int added, int skipped, List<String> problems) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/prices", this::list, Access.AUDITOR);
        routes.post("/api/prices", this::add, Access.ADMIN);
        routes.post("/api/prices/import", this::importFile, Access.ADMIN);
        routes.post("/api/prices/{id}/end", this::end, Access.ADMIN);
        routes.post("/api/prices/{id}/confirm", this::confirm, Access.ADMIN);
        routes.put("/api/prices/rates/{currency}", this::rate, Access.ADMIN);
        routes.delete("/api/prices/rates/{currency}", this::forget, Access.ADMIN);
    }

    private void list(Context ctx) {
        var now = clock.instant();
        var past = Requests.parameter(ctx, "past").map(Boolean::valueOf).orElse(false);
        var book = prices.now();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("currency", currency.get());
        answer.put(
                "prices",
                book.prices().stream()
                        .filter(price ->
                                past || price.validTo().map(now::isBefore).orElse(true))
                        .sorted(ORDER)
                        .map(PriceView::of)
                        .toList());
        answer.put("rates", book.rates().stream().map(PriceRoutes::view).toList());
        Requests.send(ctx, answer);
    }

    private void add(Context ctx) {
        var body = Requests.body(ctx, PriceBody.class);
        try {
            var price = body.price(ids.next(), Price.Origin.PERSON, clock.instant(), Optional.empty());
            prices.add(List.of(price), Requests.caller(ctx).actor());
            ctx.status(201);
            Requests.send(ctx, PriceView.of(prices.now().byId(price.id()).orElse(price)));
        } catch (PriceBody.UnfitPriceException e) {
            throw Problem.of(ProblemType.INVALID, e.words()).with("field", e.field());
        }
    }

    private void importFile(Context ctx) {
        var dryRun = Requests.parameter(ctx, "dryRun").map(Boolean::valueOf).orElse(false);
        var bytes = Requests.bytes(ctx, FILE_LIMIT);
        CommunityFile file;
        try {
            file = CommunityFile.read(bytes, ids, clock.instant(), "model_prices_and_context_window.json");
        } catch (IllegalArgumentException e) {
            throw Problem.of(
                    ProblemType.BAD_REQUEST,
                    "This is not a file such as model_prices_and_context_window.json.",
                    "这不是 model_prices_and_context_window.json 格式的文件。");
        }
        var added = dryRun
                ? prices.countNew(file.prices())
                : prices.add(file.prices(), Requests.caller(ctx).actor());
        Requests.send(ctx, new ImportView(dryRun, file.prices().size(), added, file.skipped(), file.problems()));
    }

    private void end(Context ctx) {
        prices.end(List.of(changeable(ctx)), Requests.caller(ctx).actor());
        ctx.status(204);
    }

    private void confirm(Context ctx) {
        prices.confirm(price(ctx), Requests.caller(ctx).actor());
        Requests.send(ctx, PriceView.of(price(ctx)));
    }

    private void rate(Context ctx) {
        var body = Requests.body(ctx, RateBody.class);
        var of = currency(ctx);
        var rate = new PriceBook.Rate(
                of,
                body.validFrom().orElse(clock.instant()),
                decimal(body.rate()),
                body.source().orElse("").strip(),
                Optional.empty());
        if (rate.source().length() > SOURCE) {
            throw Problem.invalid("source", "At most 500 characters.", "最多 500 个字符。");
        }
        refuseManaged(of, rate.validFrom());
        prices.keep(rate, Requests.caller(ctx).actor());
        Requests.send(ctx, view(rate));
    }

    private void forget(Context ctx) {
        var from = Requests.parameter(ctx, "validFrom").orElse("");
        try {
            var moment = Instant.parse(from);
            refuseManaged(currency(ctx), moment);
            if (!prices.forget(currency(ctx), moment, Requests.caller(ctx).actor())) throw Problem.notFound();
            ctx.status(204);
        } catch (DateTimeParseException e) {
            throw Problem.invalid(
                    "validFrom", "A moment such as 2026-01-05T00:00:00Z.", "应为时间，例如 2026-01-05T00:00:00Z。");
        }
    }

    private void refuseManaged(String of, Instant validFrom) {
        prices.now().rates().stream()
                .filter(rate -> rate.currency().equals(of) && rate.validFrom().equals(validFrom))
                .flatMap(rate -> rate.managedBy().stream())
                .findFirst()
                .ifPresent(file -> {
                    throw Problem.of(ProblemType.MANAGED_BY_FILE, file, file);
                });
    }

    private Price changeable(Context ctx) {
        var price = price(ctx);
        price.managedBy().ifPresent(file -> {
            throw Problem.of(ProblemType.MANAGED_BY_FILE, file, file);
        });
        return price;
    }

    private Price price(Context ctx) {
        return prices.now().byId(Requests.id(ctx)).orElseThrow(Problem::notFound);
    }

    private String currency(Context ctx) {
        var of = ctx.pathParam("currency");
        if (!of.matches("[A-Z]{3}") || of.equals(currency.get())) {
            throw Problem.invalid(
                    "currency",
                    "Three letters, such as USD, and not the currency of the books.",
                    "应为三个字母，例如 USD，且不是账本的货币。");
        }
        return of;
    }

    private static BigDecimal decimal(String text) {
        try {
            var rate = new BigDecimal(text.strip());
            if (rate.signum() > 0 && rate.compareTo(PerMillion.MOST) <= 0 && rate.scale() <= 12) return rate;
        } catch (NumberFormatException e) {
            // refused below
        }
        throw Problem.invalid("rate", "A decimal above 0, such as 7.12.", "应为大于 0 的数，例如 7.12。");
    }

    private static RateView view(PriceBook.Rate rate) {
        return new RateView(
                rate.currency(), rate.validFrom(), PriceView.text(rate.rate()), rate.source(), rate.managedBy());
    }
}
