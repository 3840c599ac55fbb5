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
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Answers that may be given again, in memory. Safe for threads.
 *
 * <p>No desk has more than a fifth of it: at most 64 MiB and 10,000 answers in all. It remembers for a day which
 * conversation was given what, so that an answer nobody liked can be taken away.
 */
public final class AnswerCache {
    public static final Duration USUAL = Duration.ofHours(24);

    /** How long an answer is kept that a model other than the first choice made. */
    public static final Duration SHORT = Duration.ofSeconds(60);

    private static final double JITTER = 0.1;
    private static final long BYTES = 64L * 1024 * 1024;
    private static final int ANSWERS = 10_000;
    private static final int LEAST_SHARES = 5;
    private static final int PER_CONVERSATION = 20;
    private static final Duration CORRECTING = Duration.ofMinutes(2);

    private final InstantSource clock;
    private final ConcurrentHashMap<String, Cache<String, Kept>> desks = new ConcurrentHashMap<>();
    private final Cache<ConversationId, ArrayDeque<Given>> given =
            Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(USUAL).build();

    private final Map<Look, LongAdder> looks =
            Arrays.stream(Look.values()).collect(Collectors.toUnmodifiableMap(look -> look, _ -> new LongAdder()));

    private record Kept(CachedAnswer answer, Duration life) {}

    private record Given(CacheKey key, Instant at) {}

    public AnswerCache(InstantSource clock) {
        this.clock = clock;
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
                .map(desk -> desk.getIfPresent(key.digest()))
                .map(Kept::answer);
    }

    /** Keeps an answer for about so long. */
    public void keep(CacheKey key, CachedAnswer answer, Duration life) {
        var off = 1 + JITTER * (2 * RandomGenerator.getDefault().nextDouble() - 1);
        desk(key.desk()).put(key.digest(), new Kept(answer, Duration.ofMillis((long) (life.toMillis() * off))));
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
        evict(conversation, clock.instant().minus(CORRECTING));
    }

    private void evict(ConversationId conversation, Instant since) {
        var keys = given.getIfPresent(conversation);
        if (keys == null) return;
        synchronized (keys) {
            for (var one : keys) {
                var desk = desks.get(one.key().desk());
                if (desk != null && !one.at().isBefore(since))
                    desk.invalidate(one.key().digest());
            }
        }
    }

    /** How many answers there are. */
    public long size() {
        return desks.values().stream().mapToLong(Cache::estimatedSize).sum();
    }

    private Cache<String, Kept> desk(String key) {
        var known = desks.get(key);
        if (known != null) return known;
        var made = desks.computeIfAbsent(key, _ -> empty());
        var share = BYTES / Math.max(LEAST_SHARES, desks.size());
        desks.values().forEach(desk -> desk.policy().eviction().ifPresent(room -> room.setMaximum(share)));
        return made;
    }

    private Cache<String, Kept> empty() {
        return Caffeine.newBuilder()
                .maximumWeight(BYTES / LEAST_SHARES)
                // A small answer weighs as much as its share of the number, so that one bound keeps both.
                .weigher((String _, Kept kept) ->
                        Math.max((int) (BYTES / ANSWERS), kept.answer().bytes()))
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .expireAfter(Expiry.creating((String _, Kept kept) -> kept.life()))
                .executor(Runnable::run)
                .build();
    }
}
