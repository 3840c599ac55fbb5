package io.kefuhub.core.models.money.price;

import io.kefuhub.api.ai.Usage;

/**
 * Tokens of one call, each counted once: what is cached or written to a cache is not in {@code fresh}, and reasoning not in
 * {@code output}.
 */
record Tokens(long fresh, long cached, long cacheWrite5m, long cacheWrite1h, long output, long reasoning) {
    /** No provider counts further; what says so is wrong. */
    private static final long MOST = 1_000_000_000;

    static Tokens of(Usage usage) {
        var input = sane(usage.input());
        var cached = Math.min(input, sane(usage.cachedInput()));
        var output = sane(usage.output());
        var reasoning = Math.min(output, sane(usage.reasoning()));
        return new Tokens(input - cached, cached, 0, 0, output - reasoning, reasoning);
    }

    long prompt() {
        return fresh + cached + cacheWrite5m + cacheWrite1h;
    }

    private static long sane(long count) {
        return Math.clamp(count, 0, MOST);
    }
}
