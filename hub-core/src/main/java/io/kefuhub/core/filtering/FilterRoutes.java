package io.kefuhub.core.filtering;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The chain of filters over HTTP: how it fares, and what it would make of a message that nobody wrote. */
public final class FilterRoutes implements RouteModule {
    private static final int LONGEST = 20_000;
    private static final int MOST_RECENT = 10;
    private static final int MOST_ATTRIBUTES = 50;
    private static final int LONGEST_ATTRIBUTE = 1_000;
    private static final int MOST_DAYS = 36_500;
    /** Of all who try at one moment; whoever is too many comes again. */
    private static final int AT_ONCE = 4;

    private final Playground playground;
    private final Around around;
    private final Contributions contributions;
    private final Verdicts verdicts;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /**
     * What is known elsewhere.
     *
     * @param desks ids, by key
     * @param channels keys
     * @param languageOf of a text, spoken at a desk
     * @param titles of filters, by key, for readers of a language
     * @param refusal what a customer is told at a desk of a message that was turned away without words of its own
     */
    public record Around(
            Supplier<Map<String, UUID>> desks,
            Supplier<Set<String>> channels,
            BiFunction<String, UUID, Language> languageOf,
            BiFunction<String, Language, String> titles,
            BiFunction<String, Language, String> refusal) {}

    public FilterRoutes(
            Contributions contributions, Guard guard, Verdicts verdicts, InstantSource clock, Around around) {
        this.playground = new Playground(contributions, guard);
        this.contributions = contributions;
        this.verdicts = verdicts;
        this.clock = clock;
        this.around = around;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/filters", this::numbers, Access.ADMIN);
        routes.get("/api/filters/chain", this::chain, Access.SUPERVISOR);
        routes.post("/api/filters/try", this::judge, Access.SUPERVISOR);
    }

    private void numbers(Context ctx) {
        var language = Requests.language(ctx);
        var filters = contributions.filters().stream()
                .map(filter -> FilterNumbers.of(filter, verdicts.of(filter.instance()), language))
                .toList();
        Requests.send(ctx, Map.of("filters", filters));
    }

    private void chain(Context ctx) {
        Requests.send(ctx, Map.of("chain", playground.chain()));
    }

    /**
     * A message that nobody wrote.
     *
     * @param language left out to have the hub tell it by the text
     * @param recent what its author wrote in the 60 s before, the oldest first
     * @param knownDays since when the customer has been known
     */
    record Wish(
            String text,
            String desk,
            String stage,
            Optional<String> language,
            Optional<String> channel,
            Optional<Map<String, String>> attributes,
            Optional<List<String>> recent,
            Optional<Integer> knownDays) {}

    private void judge(Context ctx) {
        var wish = Requests.body(ctx, Wish.class);
        var desk = desk(ctx, wish.desk());
        var stage = stage(wish.stage());
        if (wish.text().isBlank()) throw Problem.invalid("text", "Write something.", "请输入内容。");
        within("text", wish.text(), LONGEST);
        var facts = facts(wish, desk);
        if (!places.tryAcquire()) throw Problem.of(ProblemType.TOO_MANY);
        try {
            var tried = playground.judge(Message.of(wish.text()), facts, stage);
            Requests.send(ctx, TriedView.of(tried, stage, facts, around, Requests.language(ctx)));
        } finally {
            places.release();
        }
    }

    private UUID desk(Context ctx, String key) {
        return Optional.ofNullable(around.desks().get().get(key))
                .filter(Requests.caller(ctx)::mayRead)
                .orElseThrow(() -> Problem.invalid("desk", "There is no such desk.", "没有这个客服组。"));
    }

    private static Stage stage(String name) {
        return Arrays.stream(Stage.values())
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    var all = Arrays.toString(Stage.values());
                    return Problem.invalid("stage", "One of " + all + ".", "取值为 " + all + " 之一。");
                });
    }

    private Facts facts(Wish wish, UUID desk) {
        var channel = wish.channel().orElse("");
        if (!channel.isEmpty() && !around.channels().get().contains(channel)) {
            throw Problem.invalid("channel", "There is no such channel.", "没有这个渠道。");
        }
        var attributes = wish.attributes().orElse(Map.of());
        if (attributes.size() > MOST_ATTRIBUTES) {
            throw Problem.invalid("attributes", "At most " + MOST_ATTRIBUTES + ".", "最多 " + MOST_ATTRIBUTES + " 项。");
        }
        attributes.forEach((name, value) -> within("attributes", name + value, LONGEST_ATTRIBUTE));
        var recent = wish.recent().orElse(List.of());
        if (recent.size() > MOST_RECENT) {
            throw Problem.invalid("recent", "At most " + MOST_RECENT + ".", "最多 " + MOST_RECENT + " 条。");
        }
        recent.forEach(text -> within("recent", text, LONGEST));
        var days = wish.knownDays().orElse(0);
        if (days < 0 || days > MOST_DAYS) {
            throw Problem.invalid("knownDays", "From 0 to " + MOST_DAYS + ".", "取值范围为 0 到 " + MOST_DAYS + "。");
        }
        return new Facts(
                wish.desk(),
                channel,
                wish.language()
                        .map(FilterRoutes::language)
                        .orElseGet(() -> around.languageOf().apply(wish.text(), desk)),
                attributes,
                clock.instant().minus(Duration.ofDays(days)),
                recent);
    }

    private static void within(String field, String text, int most) {
        if (text.length() > most) {
            throw Problem.invalid(field, "At most " + most + " characters.", "最多 " + most + " 个字符。");
        }
    }

    private static Language language(String tag) {
        try {
            return new Language(tag);
        } catch (IllegalArgumentException _) {
            throw Problem.invalid("language", "Such as zh-CN or en.", "例如 zh-CN 或 en。");
        }
    }
}
