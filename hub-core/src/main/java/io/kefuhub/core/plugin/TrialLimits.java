package io.kefuhub.core.plugin;

import io.kefuhub.core.web.Words;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a candidate may cost before it is taken back. Immutable.
 *
 * @param errorPercent of its calls may fail, or twice the serving side's share, whichever is more
 * @param latePercent of its calls may be late
 * @param timesSlower and
 * @param slowerBy together: how long 95 % of its calls may take, against the serving side's
 * @param differPercent of a shadow's answers may differ from the serving side's
 * @param driftPoints by so many percentage points the share of a word may move in a canary; a movement that chance alone
 *     may bring is none
 */
public record TrialLimits(
        double errorPercent,
        double latePercent,
        double timesSlower,
        Duration slowerBy,
        double differPercent,
        double driftPoints) {
    /** With fewer calls nothing is said about failures. */
    public static final int FEW = 20;

    /** With fewer on either side nothing is said about speed and differences. */
    public static final int ENOUGH = 50;

    public static final TrialLimits USUAL = new TrialLimits(2, 2, 2, Duration.ofMillis(20), 10, 15);

    private static final double TIMES_THE_ERRORS = 2;

    /** How many standard deviations are taken for more than chance; looks are many, so it is more than two. */
    private static final double BEYOND_CHANCE = 3;

    private static final Words RESTS = new Words(
            "It failed so often that it is not asked any more: %s of %s calls failed, %s were late.",
            "故障过多，已停止调用：%2$s 次调用中 %1$s 次出错、%3$s 次超时。");
    private static final Words ERRORS = new Words(
            "%s of %s calls failed (%s); of the serving version's, %s of %s.",
            "%2$s 次调用中 %1$s 次出错（%3$s）；在用版本 %5$s 次中 %4$s 次。");
    private static final Words LATE =
            new Words("%s of %s calls had no answer in time (%s); %s may.", "%2$s 次调用中 %1$s 次超时（%3$s），上限为 %4$s。");
    private static final Words SLOW = new Words(
            "It is slow: 95 %% of its calls take up to %s, the serving version's up to %s.",
            "速度过慢：95%% 的调用耗时不超过 %s，在用版本不超过 %s。");
    private static final Words DISAGREES = new Words(
            "%s of %s answers are not the serving version's (%s); %s may differ.",
            "%2$s 个结果中 %1$s 个与在用版本不同（%3$s），上限为 %4$s。");
    private static final Words DRIFTS =
            new Words("“%s” is %s of what it says, and %s of what the serving version says.", "“%s”占其结果的 %s，在用版本为 %s。");
    private static final Map<String, String> CHINESE = Map.of(
            "pass", "通过",
            "rewrite", "改写",
            "hold", "待审",
            "block", "拦截",
            "answered", "回答",
            "offered", "给出选项",
            "handed over", "转人工",
            "passed", "交给下一个");

    /** What was found wrong. */
    record Finding(TakeBack.Cause cause, Words reason) {}

    public TrialLimits {
        for (var limit : new double[] {errorPercent, latePercent, timesSlower, differPercent, driftPoints}) {
            if (!(limit >= 0)) throw new IllegalArgumentException("a limit of " + limit);
        }
        if (slowerBy.isNegative()) throw new IllegalArgumentException("slower by " + slowerBy);
    }

    static Finding rests(TrialReport report) {
        var side = report.candidate();
        return new Finding(TakeBack.Cause.RESTS, RESTS.with(side.errors(), side.calls(), side.late()));
    }

    /** Says which limit is exceeded, the worst first. */
    Optional<Finding> exceeded(TrialReport report) {
        return errors(report)
                .or(() -> late(report))
                .or(() -> slow(report))
                .or(() -> disagrees(report))
                .or(() -> drifts(report));
    }

    private Optional<Finding> errors(TrialReport report) {
        var its = report.candidate();
        var theirs = report.serving();
        var share = percent(its.errors(), its.calls());
        var bad = its.calls() >= FEW
                && share > errorPercent
                && share > TIMES_THE_ERRORS * percent(theirs.errors(), theirs.calls());
        return finding(
                bad,
                TakeBack.Cause.ERRORS,
                ERRORS,
                its.errors(),
                its.calls(),
                shown(share),
                theirs.errors(),
                theirs.calls());
    }

    private Optional<Finding> late(TrialReport report) {
        var its = report.candidate();
        var share = percent(its.late(), its.calls());
        return finding(
                its.calls() >= FEW && share > latePercent,
                TakeBack.Cause.LATE,
                LATE,
                its.late(),
                its.calls(),
                shown(share),
                shown(latePercent));
    }

    private Optional<Finding> slow(TrialReport report) {
        var its = report.candidate();
        var theirs = report.serving();
        var most = theirs.p95().toNanos() * timesSlower + slowerBy.toNanos();
        var bad = its.calls() >= ENOUGH && theirs.calls() >= ENOUGH && its.p95().toNanos() > most;
        return finding(bad, TakeBack.Cause.SLOW, SLOW, shown(its.p95()), shown(theirs.p95()));
    }

    private Optional<Finding> disagrees(TrialReport report) {
        var compared = report.agreed() + report.differed();
        var share = percent(report.differed(), compared);
        return finding(
                compared >= ENOUGH && share > differPercent,
                TakeBack.Cause.DISAGREES,
                DISAGREES,
                report.differed(),
                compared,
                shown(share),
                shown(differPercent));
    }

    /** Compares the two arms of a canary; a shadow is compared answer by answer. */
    private Optional<Finding> drifts(TrialReport report) {
        var its = report.candidate();
        var theirs = report.serving();
        if (report.agreed() + report.differed() > 0) return Optional.empty();
        if (its.said() < ENOUGH || theirs.said() < ENOUGH) return Optional.empty();
        return report.drift().entrySet().stream()
                .filter(moved ->
                        Math.abs(moved.getValue()) > Math.max(driftPoints, chance(moved.getKey(), its, theirs)))
                .findFirst()
                .flatMap(moved -> drift(moved.getKey(), its, theirs));
    }

    private static Optional<Finding> drift(String word, TrialReport.Side its, TrialReport.Side theirs) {
        var here = shown(100 * its.share(word));
        var there = shown(100 * theirs.share(word));
        var english = DRIFTS.with(word, here, there);
        var chinese = DRIFTS.with(CHINESE.getOrDefault(word, word), here, there);
        return Optional.of(new Finding(TakeBack.Cause.DRIFTS, new Words(english.en(), chinese.zh())));
    }

    /** How many points two samples of one and the same behaviour may well lie apart. */
    private static double chance(String word, TrialReport.Side one, TrialReport.Side other) {
        var n = (double) one.said();
        var m = (double) other.said();
        var share = (one.share(word) * n + other.share(word) * m) / (n + m);
        return 100 * BEYOND_CHANCE * Math.sqrt(share * (1 - share) * (1 / n + 1 / m));
    }

    private static Optional<Finding> finding(boolean bad, TakeBack.Cause cause, Words words, Object... numbers) {
        return bad ? Optional.of(new Finding(cause, words.with(numbers))) : Optional.empty();
    }

    private static double percent(long part, long all) {
        return all == 0 ? 0 : 100.0 * part / all;
    }

    private static String shown(double percent) {
        return String.format(Locale.ROOT, "%.1f %%", percent);
    }

    private static String shown(Duration took) {
        return String.format(Locale.ROOT, "%.1f ms", took.toNanos() / 1e6);
    }
}
