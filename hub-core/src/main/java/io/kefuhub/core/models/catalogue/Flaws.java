package io.kefuhub.core.models.catalogue;

import io.kefuhub.core.web.Words;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Says what is wrong with what people and files want, before anything is changed. */
public final class Flaws {
    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9_-]{0,59}");
    private static final int LONGEST_TITLE = 80;
    private static final int LONGEST_MODEL = 200;
    private static final int MOST_TOKENS = 10_000_000;
    private static final int MOST_AT_ONCE = 256;
    private static final int MOST_PER_MINUTE = 1_000_000_000;
    private static final int MOST_WEIGHT = 1_000;
    private static final int MOST_IN_ALIAS = 20;
    private static final int MOST_ATTEMPTS = 5;
    private static final int MOST_DAYS = 3_650;
    private static final int PERCENT = 100;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(110);

    private Flaws() {}

    public static Optional<Flaw> in(Deployment wanted) {
        var traits = wanted.traits();
        var limits = wanted.limits();
        var patience = limits.patience();
        return key("key", wanted.key())
                .or(() -> text("title", wanted.title(), 0, LONGEST_TITLE))
                .or(() -> key("instance", wanted.instance()))
                .or(() -> text("model", wanted.model(), 1, LONGEST_MODEL))
                .or(() -> number("window", traits.window(), 256, MOST_TOKENS))
                .or(() -> number("maxOutput", traits.maxOutput(), 1, traits.window()))
                .or(() -> number("weight", traits.weight(), 0, MOST_WEIGHT))
                .or(() -> number("concurrency", limits.concurrency(), 1, MOST_AT_ONCE))
                .or(() -> number("requestsPerMinute", limits.requestsPerMinute(), 0, MOST_PER_MINUTE))
                .or(() -> number("tokensPerMinute", limits.tokensPerMinute(), 0, MOST_PER_MINUTE))
                .or(() -> time("firstContentMs", patience.firstContent()))
                .or(() -> time("gapMs", patience.gap()))
                .or(() -> time("wholeMs", patience.whole()));
    }

    /** @param deployments keys of those there are */
    public static Optional<Flaw> in(Alias wanted, Set<String> deployments) {
        var listed = wanted.deployments();
        return key("name", wanted.name())
                .or(() -> text("title", wanted.title(), 0, LONGEST_TITLE))
                .or(() -> number("deployments", listed.size(), 1, MOST_IN_ALIAS))
                .or(() -> listed.stream()
                        .filter(one -> !deployments.contains(one))
                        .findFirst()
                        .map(one -> new Flaw(
                                "deployments", new Words("There is no deployment \"%s\".", "没有模型部署“%s”。").with(one))))
                .or(() -> new HashSet<>(listed).size() == listed.size()
                        ? Optional.empty()
                        : flaw("deployments", "A deployment stands there twice.", "同一个模型部署出现了两次。"))
                .or(() -> wanted.cheaper()
                        .filter(one -> !listed.contains(one))
                        .flatMap(_ -> flaw(
                                "cheaper", "The cheaper one must be one of its deployments.", "较便宜的模型部署必须是该别名中的一个。")));
    }

    /** @param desks keys of those there are */
    public static Optional<Flaw> in(Rules wanted, Collection<String> desks) {
        return number("customers.turnsIn30Seconds", wanted.customers().turnsIn30Seconds(), 0, MOST_PER_MINUTE)
                .or(() -> number("customers.turnsInAnHour", wanted.customers().turnsInAnHour(), 0, MOST_PER_MINUTE))
                .or(() -> in("usualDesk", wanted.usualDesk()))
                .or(() -> wanted.desks().entrySet().stream()
                        .flatMap(one -> in(one, desks).stream())
                        .findFirst())
                .or(() -> number("retries.attempts", wanted.retries().attempts(), 1, MOST_ATTEMPTS))
                .or(() -> number("retries.percent", wanted.retries().percent(), 0, PERCENT))
                .or(() -> number("hedge.callsPercent", wanted.hedge().callsPercent(), 0, PERCENT))
                .or(() -> number("hedge.spendPercent", wanted.hedge().spendPercent(), 0, PERCENT))
                .or(() -> number("bodyDays", wanted.keepsBodies(), 0, MOST_DAYS));
    }

    private static Optional<Flaw> in(Map.Entry<String, Rules.DeskRules> one, Collection<String> desks) {
        var place = "desks." + one.getKey();
        if (desks.contains(one.getKey())) return in(place, one.getValue());
        return flaw(place, "There is no such desk.", "没有这个客服组。");
    }

    private static Optional<Flaw> in(String place, Rules.DeskRules desk) {
        return number(place + ".concurrency", desk.concurrency(), 1, 10_000)
                .or(() -> number(place + ".requestsPerMinute", desk.requestsPerMinute(), 0, MOST_PER_MINUTE))
                .or(() -> number(place + ".tokensPerMinute", desk.tokensPerMinute(), 0, MOST_PER_MINUTE));
    }

    private static Optional<Flaw> key(String field, String value) {
        if (KEY.matcher(value).matches()) return Optional.empty();
        return flaw(
                field,
                "Lower-case letters, digits, hyphens and underscores, at most 60.",
                "只能使用小写字母、数字、连字符和下划线，最多 60 个字符。");
    }

    private static Optional<Flaw> text(String field, String value, int shortest, int longest) {
        if (value.strip().length() >= shortest && value.length() <= longest) return Optional.empty();
        return Optional.of(new Flaw(field, new Words("%s to %s characters.", "%s 至 %s 个字符。").with(shortest, longest)));
    }

    private static Optional<Flaw> number(String field, long value, long least, long most) {
        if (value >= least && value <= most) return Optional.empty();
        return Optional.of(new Flaw(field, new Words("From %s to %s.", "取值范围为 %s 到 %s。").with(least, most)));
    }

    private static Optional<Flaw> time(String field, Optional<Duration> time) {
        if (time.isEmpty()) return Optional.empty();
        return number(field, time.get().toMillis(), SHORTEST.toMillis(), LONGEST.toMillis());
    }

    private static Optional<Flaw> flaw(String field, String en, String zh) {
        return Optional.of(new Flaw(field, new Words(en, zh)));
    }
}
