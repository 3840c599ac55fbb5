package io.kefuhub.core.answering.ai.cache;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.kefuhub.core.conversation.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Answers that may be given again, in memory. Safe for threads.
 *
 * <p>No desk has more than its share of it. It remembers for a day which conversation was given what, so that an answer
 * nobody liked can be taken away. Where its bounds change, what fits stays for as long as it would have.
 */
public final class AnswerCache {
    private static final Duration REMEMBERED = Duration.ofHours(24);
    private static final int PER_CONVERSATION = 20;

    private final InstantSource clock;
    private final Supplier<CacheRules> rules;
    private final ConcurrentHashMap<String, Desk> desks = new ConcurrentHashMap<>();
    private final Cache<ConversationId, ArrayDeque<Given>> given = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    private final Map<Look, LongAdder> looks =
            Arrays.stream(Look.values()).collect(Collectors.toUnmodifiableMap(look -> look, _ -> new LongAdder()));

    private record Kept(CachedAnswer answer, Duration life) {}

    /** @param rules by which it weighs answers */
    private record Desk(CacheRules rules, Cache<String, Kept> answers) {
        Optional<Kept> find(String digest) {
            return Optional.ofNullable(answers.getIfPresent(digest));
        }
    }

    private record Given(CacheKey key, Instant at) {}

    public AnswerCache(InstantSource clock, Supplier<CacheRules> rules) {
        this.clock = clock;
        this.rules = rules;
    }

    /** What came of looking for an answer. */
    public enum Look {
        HIT,
        /** Somebody else was just asking the same. */
        SHARED,
        MISSED,
        /** The question is not one for others. */
        UNFIT
    }

    public void looked(Look look) {
        requireNonNull(looks.get(look)).increment();
    }

    /** How often each came of looking, by its word. */
    public Map<String, Long> looks() {
        var counts = new TreeMap<String, Long>();
        looks.forEach((look, count) -> counts.put(look.name().toLowerCase(Locale.ROOT), count.sum()));
        return counts;
    }

    public Optional<CachedAnswer> find(CacheKey key) {
        return Optional.ofNullable(desks.get(key.desk()))
                .flatMap(desk -> desk.find(key.digest()))
                .map(Kept::answer);
    }

    /** Keeps an answer for about so long. */
    public void keep(CacheKey key, CachedAnswer answer, Duration life) {
        if (!life.isPositive()) return;
        var off = 1 + rules.get().jitter() * (2 * RandomGenerator.getDefault().nextDouble() - 1);
        desk(key.desk()).answers().put(key.digest(), new Kept(answer, Duration.ofMillis((long)
                (life.toMillis() * off))));
    }

    /** Keeps one that a model other than the first choice made. */
    public void keepShort(CacheKey key, CachedAnswer answer) {
        keep(key, answer, rules.get().shortLife());
    }

    /** Notes that a conversation was given an answer, made or found. */
    public void given(CacheKey key, ConversationId conversation) {
        var keys = given.get(conversation, _ -> new ArrayDeque<>());
        synchronized (keys) {
            keys.add(new Given(key, clock.instant()));
            if (keys.size() > PER_CONVERSATION) keys.remove();
        }
    }

    /** Somebody in this conversation did not like an answer: none that it was given is given again. */
    public void disliked(ConversationId conversation) {
        evict(conversation, Instant.EPOCH);
    }

    /** An agent spoke: what the conversation was given just before was not enough. */
    public void corrected(ConversationId conversation) {
        evict(conversation, clock.instant().minus(rules.get().correcting()));
    }

    private void evict(ConversationId conversation, Instant since) {
        var keys = given.getIfPresent(conversation);
        if (keys == null) return;
        synchronized (keys) {
            for (var one : keys) {
                var desk = desks.get(one.key().desk());
                if (desk != null && !one.at().isBefore(since))
                    desk.answers().invalidate(one.key().digest());
            }
        }
    }

    /** How many answers there are. */
    public long size() {
        return desks.values().stream()
                .mapToLong(desk -> desk.answers().estimatedSize())
                .sum();
    }

    private Desk desk(String key) {
        var now = rules.get();
        var known = desks.get(key);
        if (known != null && known.rules().equals(now)) return known;
        desks.computeIfAbsent(key, _ -> empty(now));
        desks.replaceAll((_, desk) -> desk.rules().equals(now) ? desk : bound(desk, now));
        var share = now.share(desks.size());
        desks.values().forEach(desk -> desk.answers().policy().eviction().ifPresent(room -> room.setMaximum(share)));
        return requireNonNull(desks.get(key));
    }

    private Desk bound(Desk desk, CacheRules now) {
        var bound = empty(now);
        var lives = desk.answers().policy().expireVariably().orElseThrow();
        desk.answers()
                .asMap()
                .forEach((digest, kept) -> lives.getExpiresAfter(digest)
                        .ifPresent(left -> bound.answers().put(digest, new Kept(kept.answer(), left))));
        return bound;
    }

    private Desk empty(CacheRules now) {
        return new Desk(
                now,
                Caffeine.newBuilder()
                        .maximumWeight(now.share(1))
                        .weigher((String _, Kept kept) -> now.weight(kept.answer()))
                        .ticker(() ->
                                Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                        .expireAfter(Expiry.creating((String _, Kept kept) -> kept.life()))
                        .executor(Runnable::run)
                        .build());
    }
}
