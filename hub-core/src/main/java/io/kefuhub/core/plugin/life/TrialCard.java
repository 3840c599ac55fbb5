package io.kefuhub.core.plugin.life;

import io.kefuhub.api.Language;
import io.kefuhub.core.plugin.TrialReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A trial as the console shows it, in the reader's language. Immutable.
 *
 * @param percent share of the conversations, for a canary
 * @param ended why it is over; empty while it goes on
 */
record TrialCard(
        String hash,
        String version,
        String mode,
        Optional<Integer> percent,
        Optional<String> ended,
        List<Comparison> instances) {
    private static final double NANOS_PER_MS = 1e6;

    /**
     * One instance of each version beside the other.
     *
     * @param agreed how often a shadow said the same
     * @param dropped shadow calls that were not made, because too many were under way
     * @param fallbacks messages for which the serving one stood in
     * @param differences the last of them, newest first
     */
    record Comparison(
            String kind,
            String key,
            Instant since,
            Side serving,
            Side candidate,
            long agreed,
            long differed,
            long dropped,
            long fallbacks,
            List<Difference> differences) {}

    /** @param words how often it said what */
    record Side(long calls, long errors, long late, double p50Ms, double p95Ms, Map<String, Long> words) {
        static Side of(TrialReport.Side side) {
            return new Side(side.calls(), side.errors(), side.late(), ms(side.p50()), ms(side.p95()), side.words());
        }
    }

    /** @param aspect {@code word}, {@code tags}, {@code text} or {@code source}: what was not the same */
    record Difference(Instant at, String conversation, String stage, String aspect, Said serving, Said candidate) {
        static Difference of(TrialReport.Difference one) {
            return new Difference(
                    one.at(),
                    one.conversation(),
                    one.stage(),
                    one.aspect().name().toLowerCase(Locale.ROOT),
                    Said.of(one.serving()),
                    Said.of(one.candidate()));
        }
    }

    record Said(String word, Set<String> tags, double ms) {
        static Said of(TrialReport.Difference.One one) {
            return new Said(one.word(), one.tags(), TrialCard.ms(one.took()));
        }
    }

    static TrialCard of(TrialSummary summary, Language language) {
        var terms = TrialTerms.of(summary.mode());
        return new TrialCard(
                summary.sha256(),
                summary.version(),
                terms.mode(),
                terms.percent(),
                summary.ended().map(words -> words.in(language)),
                summary.reports().entrySet().stream()
                        .map(entry -> comparison(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparing(Comparison::kind).thenComparing(Comparison::key))
                        .toList());
    }

    private static Comparison comparison(InstanceName name, TrialReport report) {
        return new Comparison(
                name.kind().name().toLowerCase(Locale.ROOT),
                name.key(),
                report.since(),
                Side.of(report.serving()),
                Side.of(report.candidate()),
                report.agreed(),
                report.differed(),
                report.dropped(),
                report.fallbacks(),
                report.differences().reversed().stream().map(Difference::of).toList());
    }

    private static double ms(Duration took) {
        return took.toNanos() / NANOS_PER_MS;
    }
}
