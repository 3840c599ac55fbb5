package io.kefuhub.core.models.money;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Budgets, how far they are used, and how the books are kept. */
final class BudgetRoutes implements RouteModule {
    private static final int SHOWN_ACCOUNTS = 20;
    private static final int SHOWN_ALERTS = 100;
    private static final int SUBJECT = 120;
    private static final Duration ALERTS = Duration.ofDays(40);

    private final Limits limits;
    private final Books books;
    private final Function<Instant, List<Alert>> alerts;
    private final Recounts recounts;
    private final InstantSource clock;

    /** @param alerts those since a moment, newest first */
    BudgetRoutes(
            Limits limits, Books books, Function<Instant, List<Alert>> alerts, Recounts recounts, InstantSource clock) {
        this.limits = limits;
        this.books = books;
        this.alerts = alerts;
        this.recounts = recounts;
        this.clock = clock;
    }

    record NewBudget(String scope, Optional<String> subject, String period, String amount, Optional<Boolean> enabled) {}

    record BudgetChange(String amount, boolean enabled) {}

    record RulesBody(
            String currency,
            String zone,
            Optional<Map<String, String>> deskZones,
            int gracePercent,
            boolean closesOnExcess) {}

    record RulesView(
            String currency,
            String zone,
            Map<String, String> deskZones,
            int gracePercent,
            boolean closesOnExcess,
            Optional<String> managedBy) {}

    record AccountView(
            String subject,
            Instant startsAt,
            Instant endsAt,
            String spent,
            String reserved,
            boolean closed,
            Optional<String> forecast) {}

    record BudgetView(
            UUID id,
            String scope,
            String subject,
            String period,
            String amount,
            boolean enabled,
            Optional<String> managedBy,
            List<AccountView> accounts) {}

    record AlertView(String budget, int percent, Instant at, Instant periodStart, String spent, String amount) {}

    record DifferenceView(
            String budget,
            Instant periodStart,
            String reserved,
            String countedReserved,
            String spent,
            String countedSpent) {}

    record RecountView(Instant at, int periods, List<DifferenceView> differences) {}

    record BudgetsView(
            RulesView rules, List<BudgetView> budgets, List<AlertView> alerts, Optional<RecountView> recount) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/budgets", this::list, Access.AUDITOR);
        routes.post("/api/budgets", this::add, Access.ADMIN);
        routes.put("/api/budgets/rules", this::rules, Access.ADMIN);
        routes.post("/api/budgets/recount", this::recount, Access.ADMIN);
        routes.put("/api/budgets/{id}", this::change, Access.ADMIN);
        routes.delete("/api/budgets/{id}", this::delete, Access.ADMIN);
        routes.post("/api/budgets/{id}/reopen", this::reopen, Access.ADMIN);
    }

    private void list(Context ctx) {
        var all = limits.all();
        var mine = limits.accounts(all);
        Requests.send(
                ctx,
                new BudgetsView(
                        view(books.rules(), books.file()),
                        all.stream()
                                .map(budget -> view(budget, mine.getOrDefault(budget.id(), List.of())))
                                .toList(),
                        alerts.apply(clock.instant().minus(ALERTS)).stream()
                                .limit(SHOWN_ALERTS)
                                .map(BudgetRoutes::view)
                                .toList(),
                        recounts.last().map(BudgetRoutes::view)));
    }

    private void add(Context ctx) {
        var body = Requests.body(ctx, NewBudget.class);
        var scope = oneOf("scope", body.scope(), Scope.values());
        var name =
                new Limits.Name(scope, subject(scope, body.subject()), oneOf("period", body.period(), Period.values()));
        var budget = limits.add(
                name,
                Money.amount("amount", body.amount()),
                body.enabled().orElse(true),
                Requests.caller(ctx).actor());
        ctx.status(201);
        Requests.send(ctx, view(budget, List.of()));
    }

    private void change(Context ctx) {
        var body = Requests.body(ctx, BudgetChange.class);
        var budget = limits.change(
                Requests.id(ctx),
                Money.amount("amount", body.amount()),
                body.enabled(),
                Requests.caller(ctx).actor());
        Requests.send(ctx, view(budget, limits.accounts(limits.all()).getOrDefault(budget.id(), List.of())));
    }

    private void delete(Context ctx) {
        limits.delete(Requests.id(ctx), Requests.caller(ctx).actor());
        ctx.status(204);
    }

    private void reopen(Context ctx) {
        Requests.send(
                ctx,
                Map.of(
                        "reopened",
                        limits.reopen(Requests.id(ctx), Requests.caller(ctx).actor())));
    }

    private void recount(Context ctx) {
        Requests.send(ctx, view(recounts.run(Requests.caller(ctx).actor())));
    }

    private void rules(Context ctx) {
        var body = Requests.body(ctx, RulesBody.class);
        books.file().ifPresent(file -> {
            throw Problem.of(ProblemType.MANAGED_BY_FILE, file, file);
        });
        books.change(read(body), Optional.empty(), Requests.caller(ctx).actor());
        Requests.send(ctx, view(books.rules(), books.file()));
    }

    private BookRules read(RulesBody body) {
        if (!body.currency().matches("[A-Z]{3}")) {
            throw Problem.invalid("currency", "Three letters, such as CNY.", "应为三个字母，例如 CNY。");
        }
        if (!body.currency().equals(books.rules().currency()) && books.areUsed()) {
            throw Problem.invalid(
                    "currency", "There are amounts in the books already; their currency stays.", "账本中已有金额，货币不能再更改。");
        }
        if (body.gracePercent() < 0 || body.gracePercent() > BookRules.MOST_GRACE) {
            throw Problem.invalid(
                    "gracePercent",
                    "From 0 to " + BookRules.MOST_GRACE + ".",
                    "取值范围为 0 到 " + BookRules.MOST_GRACE + "。");
        }
        var zones = new HashMap<String, ZoneId>();
        body.deskZones().orElse(Map.of()).forEach((desk, zone) -> zones.put(desk, zone("deskZones", zone)));
        return new BookRules(
                body.currency(), zone("zone", body.zone()), zones, body.gracePercent(), body.closesOnExcess());
    }

    private static ZoneId zone(String field, String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw Problem.invalid(field, "A zone such as Asia/Shanghai.", "应为时区，例如 Asia/Shanghai。");
        }
    }

    private static String subject(Scope scope, Optional<String> given) {
        var subject = given.map(String::strip).orElse("");
        if (scope == Scope.HUB) {
            if (!subject.isEmpty()) throw Problem.invalid("subject", "The hub has none.", "整个中枢的预算没有对象。");
            return subject;
        }
        if (subject.isEmpty() || subject.length() > SUBJECT) {
            throw Problem.invalid(
                    "subject", "Which one, by its short name, or * for each by itself.", "请填写简称，或用 * 表示逐个分别计算。");
        }
        return subject;
    }

    private static <E extends Enum<E>> E oneOf(String field, String name, E[] all) {
        for (var one : all) {
            if (lower(one).equals(name)) return one;
        }
        var names = List.of(all).stream().map(BudgetRoutes::lower).collect(Collectors.joining(", "));
        throw Problem.invalid(field, "One of " + names + ".", "应为其中之一：" + names + "。");
    }

    private BudgetView view(Budget budget, List<Account> accounts) {
        var now = clock.instant();
        return new BudgetView(
                budget.id(),
                lower(budget.scope()),
                budget.subject(),
                lower(budget.period()),
                Money.text(budget.amount()),
                budget.enabled(),
                budget.managedBy(),
                accounts.stream()
                        .limit(SHOWN_ACCOUNTS)
                        .map(account -> new AccountView(
                                account.key().subject(),
                                account.span().start(),
                                account.span().end(),
                                Money.text(account.spent()),
                                Money.text(account.reserved()),
                                account.closed(),
                                Limits.forecast(account, now).map(Money::text)))
                        .toList());
    }

    private static RulesView view(BookRules rules, Optional<String> file) {
        var zones = new TreeMap<String, String>();
        rules.deskZones().forEach((desk, zone) -> zones.put(desk, zone.getId()));
        return new RulesView(
                rules.currency(), rules.zone().getId(), zones, rules.gracePercent(), rules.closesOnExcess(), file);
    }

    private static AlertView view(Alert alert) {
        return new AlertView(
                alert.budget(),
                alert.percent(),
                alert.at(),
                alert.periodStart(),
                Money.text(alert.spent()),
                Money.text(alert.amount()));
    }

    private static RecountView view(Recounts.Report report) {
        return new RecountView(
                report.at(),
                report.periods(),
                report.differences().stream()
                        .map(found -> new DifferenceView(
                                found.budget(),
                                found.periodStart(),
                                Money.text(found.reserved()),
                                Money.text(found.countedReserved()),
                                Money.text(found.spent()),
                                Money.text(found.countedSpent())))
                        .toList());
    }

    private static String lower(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
