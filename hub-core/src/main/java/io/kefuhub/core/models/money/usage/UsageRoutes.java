package io.kefuhub.core.models.money.usage;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.models.money.BookRules;
import io.kefuhub.core.models.money.Money;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What models were asked, and what it cost. */
public final class UsageRoutes implements RouteModule {
    private static final Duration USUAL = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(400);
    private static final Duration LONGEST_BY_HOUR = Duration.ofDays(31);
    private static final int ROWS = 1_000;
    private static final int TURN_ROWS = 10_000;

    private final UsageReports reports;
    private final Supplier<BookRules> rules;
    private final InstantSource clock;

    public UsageRoutes(Database database, Supplier<BookRules> rules, InstantSource clock) {
        this.reports = new UsageReports(database);
        this.rules = rules;
        this.clock = clock;
    }

    record RowView(
            String key,
            long calls,
            long answered,
            long inputTokens,
            long cachedTokens,
            long outputTokens,
            String cost,
            long estimated,
            long overReserved,
            long refusals,
            Optional<Long> firstContentP50,
            Optional<Long> firstContentP95) {}

    record UsageView(
            String currency, Instant from, Instant to, String by, String zone, List<RowView> rows, String cost) {}

    record AttemptView(
            UUID id,
            Instant at,
            String desk,
            String channel,
            String assistant,
            String purpose,
            String alias,
            String deployment,
            String provider,
            String model,
            String outcome,
            String detail,
            String source,
            long inputTokens,
            long cachedTokens,
            long outputTokens,
            long reasoningTokens,
            String cost,
            String reserved,
            Optional<UUID> price,
            String priceCurrency,
            String rate,
            String tier,
            String window,
            boolean overReserved,
            boolean onGrace,
            Optional<Long> firstContentMs,
            Optional<Long> wholeMs,
            Optional<UUID> conversation) {}

    record TurnsView(String key, String source, String rung, String why, long turns) {}

    record AnswersView(Instant from, Instant to, String by, String zone, List<TurnsView> rows) {}

    record AttemptsView(String currency, List<AttemptView> attempts) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/usage", this::usage, Access.AUDITOR);
        routes.get("/api/usage/attempts", this::attempts, Access.AUDITOR);
        routes.get("/api/usage/answers", this::answers, Access.AUDITOR);
    }

    private void answers(Context ctx) {
        var by = Requests.parameter(ctx, "by").orElse("day");
        if (!by.equals("day") && !by.equals("hour")) throw Problem.invalid("by", "day or hour.", "应为 day 或 hour。");
        var byHour = by.equals("hour");
        var of = of(ctx, byHour ? LONGEST_BY_HOUR : LONGEST);
        var zone = zone(ctx);
        var rows = reports.answers(of, zone, byHour, Requests.limit(ctx, TURN_ROWS, TURN_ROWS));
        Requests.send(
                ctx,
                new AnswersView(
                        of.from(),
                        of.to(),
                        by,
                        zone.getId(),
                        rows.stream()
                                .map(row -> new TurnsView(row.key(), row.source(), row.rung(), row.why(), row.turns()))
                                .toList()));
    }

    private void usage(Context ctx) {
        var by = by(Requests.parameter(ctx, "by").orElse("day"));
        var of = of(ctx, by == UsageReports.By.HOUR ? LONGEST_BY_HOUR : LONGEST);
        var zone = zone(ctx);
        var rows = reports.grouped(by, of, zone, Requests.limit(ctx, ROWS, ROWS));
        var cost = rows.stream().mapToLong(UsageReports.Row::cost).sum();
        Requests.send(
                ctx,
                new UsageView(
                        rules.get().currency(),
                        of.from(),
                        of.to(),
                        by.name().toLowerCase(Locale.ROOT),
                        zone.getId(),
                        rows.stream().map(UsageRoutes::view).toList(),
                        Money.text(cost)));
    }

    private void attempts(Context ctx) {
        var of = of(ctx, LONGEST);
        var attempts = reports.attempts(of, Requests.limit(ctx, 100, ROWS));
        Requests.send(
                ctx,
                new AttemptsView(
                        rules.get().currency(),
                        attempts.stream().map(UsageRoutes::view).toList()));
    }

    private UsageReports.Of of(Context ctx, Duration longest) {
        var to = moment(ctx, "to").orElse(clock.instant());
        var usual = longest.compareTo(USUAL) < 0 ? longest : USUAL;
        var from = moment(ctx, "from").orElse(to.minus(usual));
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(longest) > 0) {
            throw Problem.invalid(
                    "from",
                    "Before `to`, and at most " + longest.toDays() + " days.",
                    "须早于 to，且最多 " + longest.toDays() + " 天。");
        }
        return new UsageReports.Of(
                from,
                to,
                Requests.parameter(ctx, "desk").orElse(""),
                Requests.parameter(ctx, "model").orElse(""),
                Requests.parameter(ctx, "purpose")
                        .map(purpose -> purpose.toUpperCase(Locale.ROOT))
                        .orElse(""),
                Requests.parameter(ctx, "conversation").orElse(""));
    }

    private ZoneId zone(Context ctx) {
        try {
            return Requests.parameter(ctx, "zone")
                    .map(ZoneId::of)
                    .orElse(rules.get().zone());
        } catch (DateTimeException e) {
            throw Problem.invalid("zone", "A zone such as Asia/Shanghai.", "应为时区，例如 Asia/Shanghai。");
        }
    }

    private static Optional<Instant> moment(Context ctx, String name) {
        try {
            return Requests.parameter(ctx, name).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw Problem.invalid(name, "A moment such as 2026-01-05T00:00:00Z.", "应为时间，例如 2026-01-05T00:00:00Z。");
        }
    }

    private static UsageReports.By by(String name) {
        for (var by : UsageReports.By.values()) {
            if (by.name().toLowerCase(Locale.ROOT).equals(name)) return by;
        }
        throw Problem.invalid(
                "by",
                "desk, channel, assistant, alias, deployment, model, purpose, outcome, day or hour.",
                "应为 desk、channel、assistant、alias、deployment、model、purpose、outcome、day 或 hour。");
    }

    private static RowView view(UsageReports.Row row) {
        return new RowView(
                row.key(),
                row.calls(),
                row.answered(),
                row.input(),
                row.cached(),
                row.output(),
                Money.text(row.cost()),
                row.estimated(),
                row.overReserved(),
                row.refusals(),
                row.firstP50(),
                row.firstP95());
    }

    private static AttemptView view(UsageReports.Attempt attempt) {
        var asked = attempt.asked();
        var cost = attempt.cost();
        return new AttemptView(
                attempt.id(),
                attempt.at(),
                asked.desk(),
                asked.channel(),
                asked.assistant(),
                asked.purpose(),
                asked.alias(),
                asked.deployment(),
                asked.provider(),
                asked.model(),
                attempt.outcome(),
                attempt.detail(),
                attempt.source().toLowerCase(Locale.ROOT),
                attempt.tokens().input(),
                attempt.tokens().cached(),
                attempt.tokens().output(),
                attempt.tokens().reasoning(),
                Money.text(cost.amount()),
                Money.text(cost.reserved()),
                cost.price(),
                cost.currency(),
                cost.rate(),
                cost.tier(),
                cost.window(),
                cost.overReserved(),
                cost.onGrace(),
                attempt.firstContentMs(),
                attempt.wholeMs(),
                asked.conversation());
    }
}
