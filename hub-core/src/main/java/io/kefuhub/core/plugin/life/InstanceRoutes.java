package io.kefuhub.core.plugin.life;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Terms;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Instances of contributions over HTTP: forms, checks, changes, order. */
public final class InstanceRoutes implements RouteModule {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_-]{0,59}");
    private static final long LONGEST_DEADLINE = 600_000;

    private final Contributions contributions;
    private final Guard guard;
    private final Instances instances;
    private final InstanceChanges changes;
    private final Supplier<Set<String>> desks;

    /** @param desks keys of the desks there are */
    public InstanceRoutes(
            Contributions contributions,
            Guard guard,
            Instances instances,
            InstanceChanges changes,
            Supplier<Set<String>> desks) {
        this.contributions = contributions;
        this.guard = guard;
        this.instances = instances;
        this.changes = changes;
        this.desks = desks;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/contributions", this::contributions, Access.ADMIN);
        routes.get("/api/contributions/{kind}/{id}/texts/{setting}", this::usualTexts, Access.ADMIN);
        routes.get("/api/instances", this::all, Access.ADMIN);
        routes.put("/api/instances/{kind}/{key}", this::save, Access.ADMIN);
        routes.post("/api/instances/{kind}/{key}/check", this::check, Access.ADMIN);
        routes.delete("/api/instances/{kind}/{key}", this::forget, Access.ADMIN);
        routes.put("/api/instances/{kind}", this::order, Access.ADMIN);
    }

    /** @param usualDeadlineMs how long one question to it may take where an admin chose nothing */
    record OfferView(
            String kind,
            String id,
            String title,
            String plugin,
            String version,
            long usualDeadlineMs,
            List<FieldView> settings) {}

    record FieldView(
            String key,
            String type,
            String label,
            String help,
            boolean required,
            Optional<String> defaultValue,
            List<String> choices,
            Optional<SettingSpec.OnlyWhen> onlyWhen,
            Map<String, String> choiceLabels) {}

    /** @param texts what is said where an instance says nothing else, by name, in the order to show it */
    record UsualTexts(String language, Map<String, String> texts) {}

    /**
     * What a caller wants an instance to be.
     *
     * @param settings a secret that is left out or empty stays as it is
     * @param clearedSecrets keys of secrets that do not stay
     */
    record Wanted(
            Optional<String> title,
            String contribution,
            Optional<Map<String, String>> settings,
            Optional<Set<String>> clearedSecrets,
            Optional<Boolean> enabled,
            Optional<Set<String>> desks,
            Optional<Set<String>> skippedStages,
            Optional<Long> deadlineMs,
            Optional<String> whenFailed) {
        Set<String> cleared() {
            return clearedSecrets.orElse(Set.of());
        }
    }

    record Order(List<String> keys) {}

    private void contributions(Context ctx) {
        var language = Requests.language(ctx);
        Requests.send(
                ctx,
                Map.of(
                        "contributions",
                        contributions.now().offers().stream()
                                .map(offer -> view(offer, language))
                                .toList()));
    }

    private void usualTexts(Context ctx) {
        var spec = contributions
                .now()
                .offer(kind(ctx.pathParam("kind")), ctx.pathParam("id"))
                .flatMap(offer -> offer.description().settings().stream()
                        .filter(one -> one.type() == SettingSpec.Type.TEXTS)
                        .filter(one -> one.key().equals(ctx.pathParam("setting")))
                        .findFirst())
                .orElseThrow(Problem::notFound);
        var all = spec.usualTexts().entrySet().stream()
                .map(one -> new UsualTexts(one.getKey().tag(), one.getValue()))
                .toList();
        Requests.send(ctx, Map.of("languages", all));
    }

    private OfferView view(Offer<?> offer, Language language) {
        return new OfferView(
                offer.kind().name().toLowerCase(Locale.ROOT),
                offer.description().id(),
                offer.description().title(language),
                offer.plugin().id(),
                offer.plugin().version(),
                guard.usualTerms(offer.kind()).deadline().toMillis(),
                offer.description().settings().stream()
                        .map(spec -> field(spec, language))
                        .toList());
    }

    private static FieldView field(SettingSpec spec, Language language) {
        return new FieldView(
                spec.key(),
                spec.type().name().toLowerCase(Locale.ROOT),
                text(spec.labels(), language),
                text(spec.help(), language),
                spec.required(),
                spec.defaultValue(),
                spec.choices(),
                spec.onlyWhen(),
                choiceLabels(spec, language));
    }

    private static Map<String, String> choiceLabels(SettingSpec spec, Language language) {
        return spec.choiceLabels().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().in(language)));
    }

    private static String text(Map<Language, String> texts, Language language) {
        return texts.getOrDefault(language, texts.getOrDefault(Language.EN, ""));
    }

    private void all(Context ctx) {
        var language = Requests.language(ctx);
        var kind = Requests.parameter(ctx, "kind").map(InstanceRoutes::kind);
        Requests.send(
                ctx,
                Map.of(
                        "instances",
                        instances.all().stream()
                                .filter(spec -> kind.isEmpty() || spec.kind() == kind.get())
                                .map(spec -> card(spec, language))
                                .toList()));
    }

    private InstanceCard card(InstanceSpec spec, Language language) {
        return InstanceCard.of(
                spec, instances.state(spec.name()), instances.stages(spec.name()), contributions, language);
    }

    private void save(Context ctx) {
        var body = Requests.body(ctx, Wanted.class);
        var wanted = wanted(ctx, body);
        mayChange(wanted.name());
        var problems = changes.save(wanted, body.cleared(), Requests.caller(ctx).actor());
        if (!problems.isEmpty()) throw wrong(SettingProblem.in(problems, Requests.language(ctx)));
        var kept = instances.find(wanted.name()).orElseThrow(Problem::notFound);
        Requests.send(ctx, card(kept, Requests.language(ctx)));
    }

    private void check(Context ctx) {
        var body = Requests.body(ctx, Wanted.class);
        var problems = changes.check(wanted(ctx, body), body.cleared());
        Requests.send(ctx, Map.of("problems", SettingProblem.in(problems, Requests.language(ctx))));
    }

    private void forget(Context ctx) {
        var name = name(ctx);
        mayChange(name);
        if (instances.find(name).isEmpty()) throw Problem.notFound();
        if (!changes.forget(name, Requests.caller(ctx).actor())) {
            throw Problem.of(
                    ProblemType.CONFLICT,
                    "Conversations belong to it; it is switched off instead.",
                    "它已有会话，因此只能停用，不能删除。");
        }
        ctx.status(204);
    }

    private void order(Context ctx) {
        var kind = kind(ctx.pathParam("kind"));
        changes.order(
                kind,
                Requests.body(ctx, Order.class).keys(),
                Requests.caller(ctx).actor());
        ctx.status(204);
    }

    private InstanceSpec wanted(Context ctx, Wanted body) {
        var name = name(ctx);
        var before = instances.find(name);
        if (before.isPresent() && !before.get().contribution().equals(body.contribution())) {
            throw Problem.of(ProblemType.NAME_TAKEN, "This name is taken.", "该名称已被使用。");
        }
        if (before.isEmpty()
                && contributions.now().offer(name.kind(), body.contribution()).isEmpty()) {
            throw Problem.invalid("contribution", "No plugin offers this.", "没有插件提供此功能。");
        }
        return new InstanceSpec(
                name.kind(),
                name.key(),
                body.title().map(String::strip).orElse(""),
                body.contribution(),
                body.settings().orElse(Map.of()),
                body.enabled().orElse(true),
                choices(name.kind(), body),
                before.map(InstanceSpec::position).orElseGet(() -> behindAll(name.kind())),
                Optional.empty());
    }

    private InstanceSpec.Choices choices(Kind kind, Wanted body) {
        var wantedDesks = body.desks().orElse(Set.of());
        if (!desks.get().containsAll(wantedDesks)) {
            throw Problem.invalid("desks", "There is no such desk.", "没有这个客服组。");
        }
        if (kind == Kind.CHANNEL && wantedDesks.size() != 1) {
            throw Problem.invalid("desks", "A channel belongs to one desk.", "一个渠道只能属于一个客服组。");
        }
        var stages = Arrays.stream(Stage.values()).map(Enum::name).toList();
        var skipped = body.skippedStages().orElse(Set.of());
        if (!stages.containsAll(skipped)) {
            throw Problem.invalid("skippedStages", "One of " + stages + ".", "取值为 " + stages + " 之一。");
        }
        body.deadlineMs().filter(ms -> ms < 1 || ms > LONGEST_DEADLINE).ifPresent(_ -> {
            throw Problem.invalid(
                    "deadlineMs", "From 1 to " + LONGEST_DEADLINE + ".", "取值范围为 1 到 " + LONGEST_DEADLINE + "。");
        });
        return new InstanceSpec.Choices(
                wantedDesks,
                skipped,
                body.deadlineMs().map(Duration::ofMillis),
                body.whenFailed().map(InstanceRoutes::whenFailed));
    }

    private static Terms.WhenFailed whenFailed(String word) {
        return Arrays.stream(Terms.WhenFailed.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("whenFailed", "pass, hold or block.", "取值为 pass、hold 或 block。"));
    }

    private int behindAll(Kind kind) {
        return 1
                + instances.all().stream()
                        .filter(spec -> spec.kind() == kind)
                        .mapToInt(InstanceSpec::position)
                        .max()
                        .orElse(0);
    }

    private void mayChange(InstanceName name) {
        instances.find(name).flatMap(InstanceSpec::managedBy).ifPresent(file -> {
            throw Problem.of(ProblemType.MANAGED_BY_FILE, "It is declared in " + file + ".", "它由 " + file + " 声明。");
        });
    }

    private static Problem wrong(List<SettingProblem> problems) {
        var first = problems.getFirst();
        return Problem.invalid(first.setting(), first.text(), first.text()).with("problems", problems);
    }

    private static InstanceName name(Context ctx) {
        var key = ctx.pathParam("key");
        if (!KEY.matcher(key).matches()) {
            throw Problem.invalid(
                    "key",
                    "Lower-case letters, digits, hyphens and underscores; it begins with a letter.",
                    "只能使用小写字母、数字、连字符和下划线，并以字母开头。");
        }
        return new InstanceName(kind(ctx.pathParam("kind")), key);
    }

    private static Kind kind(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }
}
