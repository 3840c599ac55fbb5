package io.kefuhub.core.answering.ai.cache;

import io.kefuhub.core.rules.Rule;
import io.kefuhub.core.rules.RuleGroup;
import io.kefuhub.core.rules.RuleValues;
import io.kefuhub.core.rules.Unit;
import io.kefuhub.core.web.Words;
import java.time.Duration;
import java.util.List;

/**
 * How much is kept to be given again, and for how long. Immutable.
 *
 * @param bytes of all answers at most
 * @param answers at most
 * @param deskPercent of it that one desk may have
 * @param jitter by how much of its life one answer lives shorter or longer, from 0 to 1
 * @param shortLife how long an answer is kept that a model other than the first choice made
 * @param correcting how long after an answer an agent who speaks takes it away
 */
public record CacheRules(
        long bytes, int answers, int deskPercent, double jitter, Duration shortLife, Duration correcting) {
    private static final long MEBIBYTE = 1024L * 1024;
    private static final double PERCENT = 100;
    private static final Rule SIZE = Unit.MEBIBYTES.rule(
            "cache.size", "64", "1", "1024", "All answers that are kept to be given again", "缓存全部回答的总容量");
    private static final Rule ANSWERS =
            Unit.NUMBER.rule("cache.answers", "10000", "100", "1000000", "So many answers at most", "缓存的回答数上限");
    private static final Rule DESK =
            Unit.PERCENT.rule("cache.deskPercent", "20", "1", "100", "So much of it one desk may have", "单个客服组最多占用的比例");
    private static final Rule JITTER = Unit.PERCENT.rule(
            "cache.jitterPercent",
            "10",
            "0",
            "50",
            "By so much answers live shorter or longer than their assistant says",
            "回答的保留时长在助手设定值上下浮动的比例");
    private static final Rule SHORT = Unit.TIME.rule(
            "cache.otherModel",
            "60s",
            "0s",
            "24h",
            "How long an answer is given again that another model than the first choice made",
            "非首选模型所作回答的复用时长");
    private static final Rule CORRECTING = Unit.TIME.rule(
            "cache.correcting",
            "2m",
            "0s",
            "24h",
            "An agent who speaks so soon after an answer takes it out of the cache",
            "回答后多久之内客服发言，该回答即不再复用");

    public static final RuleGroup RULES = new RuleGroup(
            "cache",
            new Words("Answers given again", "复用的回答"),
            List.of(SIZE, ANSWERS, DESK, JITTER, SHORT, CORRECTING));

    public static final CacheRules USUAL = of(RuleValues.USUAL);

    public static CacheRules of(RuleValues rules) {
        return new CacheRules(
                rules.of(SIZE) * MEBIBYTE,
                rules.number(ANSWERS),
                rules.number(DESK),
                rules.number(JITTER) / PERCENT,
                rules.time(SHORT),
                rules.time(CORRECTING));
    }

    /** How many bytes a desk may have, of so many desks. */
    long share(int desks) {
        return Math.min(bytes * deskPercent / 100, bytes / Math.max(1, desks));
    }

    /** What an answer counts for: a small one as much as its share of the number, so that one bound keeps both. */
    int weight(CachedAnswer answer) {
        return (int) Math.max(Math.ceilDiv(bytes, answers), answer.bytes());
    }
}
