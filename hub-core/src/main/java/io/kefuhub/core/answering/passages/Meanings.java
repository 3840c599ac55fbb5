package io.kefuhub.core.answering.passages;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAwayException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes vectors of all that is known, in the background, and of questions when they are asked. Safe for threads.
 *
 * <p>What was made is stored piece by piece, so a restart goes on where it was. Another model makes all vectors anew while
 * questions are still compared by the one before; when it has seen everything, they are swapped.
 */
final class Meanings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Meanings.class);
    private static final int BATCH = 32;
    private static final Duration FOR_BATCH = Duration.ofSeconds(30);
    private static final Duration REST = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final long LOOK_SECONDS = 5;
    private static final int LONGEST_TEXT = 2_000;

    /** The vectors of one model. */
    private record Made(String model, int dimension, Map<UUID, float[]> vectors) {
        static Made nothing(String model) {
            return new Made(model, 0, new ConcurrentHashMap<>());
        }
    }

    /**
     * A text that is to have a vector.
     *
     * @param desks all that know it
     */
    record Wanted(String text, Set<UUID> desks) {
        Wanted with(Wanted other) {
            var all = new HashSet<>(desks);
            all.addAll(other.desks);
            return new Wanted(text, Set.copyOf(all));
        }
    }

    private final Database database;
    private final Embedder embedder;
    private final Clock clock;
    private final Supplier<Map<UUID, Wanted>> wanted;
    private final Predicate<UUID> localOnly;
    private final Runnable changed;
    private final Vectors store = new Vectors();
    private final ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("meanings").daemon().factory());
    private final AtomicBoolean called = new AtomicBoolean();
    /** Whether what is known changed since every text had its vector. */
    private final AtomicBoolean behind = new AtomicBoolean(true);

    private final Cache<List<String>, float[]> questions = Caffeine.newBuilder()
            .maximumSize(2_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();
    private volatile boolean started;
    private volatile Optional<Made> serving = Optional.empty();
    private volatile Progress progress = Progress.OFF;
    private volatile Instant restsUntil = Instant.MIN;
    private Optional<Made> coming = Optional.empty();

    /**
     * @param wanted every text that is to have a vector
     * @param localOnly whether the texts of a desk must stay with the organisation, as it is now
     * @param changed told when there are new vectors to compare with
     */
    Meanings(
            Database database,
            Embedder embedder,
            Clock clock,
            Supplier<Map<UUID, Wanted>> wanted,
            Predicate<UUID> localOnly,
            Runnable changed) {
        this.database = database;
        this.embedder = embedder;
        this.clock = clock;
        this.wanted = wanted;
        this.localOnly = localOnly;
        this.changed = changed;
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with close
    void start() {
        worker.execute(this::remember);
        started = true;
        worker.scheduleWithFixedDelay(this::work, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Something is to be known that was not, or may go where it might not. */
    void call() {
        behind.set(true);
        if (started && !worker.isShutdown() && called.compareAndSet(false, true)) worker.execute(this::work);
    }

    Progress progress() {
        return progress;
    }

    /** The vectors of a desk's items, as far as they are made. */
    VectorShelf shelf(List<Item> items) {
        return serving.map(made -> VectorShelf.of(items, made.vectors, made.dimension))
                .orElse(VectorShelf.EMPTY);
    }

    /** Whether what a desk is asked may be compared by somebody. */
    boolean compares(UUID desk) {
        return serving.isPresent() && (!localOnly.test(desk) || embedder.hasLocal());
    }

    /** The vector of a question that a desk is asked; empty when none can be had within that time. */
    Optional<float[]> of(UUID desk, String question, Duration within) {
        var made = serving;
        if (made.isEmpty()) return Optional.empty();
        var key = List.of(made.get().model, question);
        var known = questions.getIfPresent(key);
        if (known != null) return Optional.of(known);
        if (clock.instant().isBefore(restsUntil)) return Optional.empty();
        return switch (embedder.embed(made.get().model, localOnly.test(desk), List.of(clipped(question)), within)) {
            case Embedder.Made.Vectors(var values) -> {
                var vector = VectorShelf.unit(values.getFirst());
                questions.put(key, vector);
                yield Optional.of(vector);
            }
            case Embedder.Made.Refused() -> Optional.empty();
            case Embedder.Made.Away(var _, var _), Embedder.Made.NotOffered() -> {
                restsUntil = clock.instant().plus(REST);
                yield Optional.empty();
            }
        };
    }

    /** Takes up what was made before the hub was started. */
    private void remember() {
        try {
            database.<Optional<String>>read(store::serving).ifPresent(model -> {
                serving = Optional.of(stored(model)).filter(made -> !made.vectors.isEmpty());
                changed.run();
            });
        } catch (DatabaseAwayException e) {
            LOG.warn("Vectors are not read yet: the database is away");
            later(this::remember, Duration.ofSeconds(LOOK_SECONDS));
        }
    }

    private void work() {
        called.set(false);
        try {
            var model = embedder.model();
            if (model.isEmpty()) {
                progress = Progress.OFF;
                return;
            }
            if (behind.get() || !progress.model().equals(model.get())) make(model.get());
        } catch (DatabaseAwayException e) {
            behind.set(true);
            LOG.warn("No vectors are made: the database is away");
        } catch (RuntimeException e) {
            behind.set(true);
            LOG.error("Vectors could not be made", e);
        }
    }

    /** Makes what is missing, batch by batch; what must stay here comes last, so that nobody else waits for it. */
    private void make(String model) {
        behind.set(false);
        var made = madeBy(model);
        var texts = wanted.get();
        var free = new ArrayList<UUID>();
        var staying = new ArrayList<UUID>();
        texts.forEach((key, text) -> {
            if (!made.vectors.containsKey(key)) (staysLocal(text) ? staying : free).add(key);
        });
        var missing = new ArrayList<>(free);
        var held = embedder.hasLocal() ? 0 : staying.size();
        if (held == 0) missing.addAll(staying);
        var done = texts.size() - missing.size() - held;
        var target = Optional.of(made);
        for (int from = 0; from < missing.size(); from += BATCH) {
            if (worker.isShutdown()) return;
            progress = new Progress(Progress.State.WORKING, model, done + from, texts.size());
            target = batch(target.get(), missing.subList(from, Math.min(missing.size(), from + BATCH)), texts);
            if (target.isEmpty()) return;
        }
        complete(target.get(), texts);
        if (held > 0)
            LOG.warn(
                    "Texts stay without a vector, as their desk is localOnly and no deployment of {} is local: {}",
                    model,
                    held);
        var state = held > 0 ? Progress.State.HELD : Progress.State.READY;
        progress = new Progress(state, model, texts.size() - held, texts.size());
    }

    private boolean staysLocal(Wanted text) {
        return text.desks().stream().anyMatch(localOnly);
    }

    /** Makes some; empty when it must wait. What no model may see stays without a vector, and is found by its words. */
    private Optional<Made> batch(Made made, List<UUID> keys, Map<UUID, Wanted> texts) {
        var batch =
                keys.stream().flatMap(key -> Stream.ofNullable(texts.get(key))).toList();
        var plain = batch.stream().map(one -> clipped(one.text())).toList();
        // Asked anew for each batch: a desk may have become bound since the first.
        var stays = batch.stream().anyMatch(this::staysLocal);
        return switch (embedder.embed(made.model, stays, plain, FOR_BATCH)) {
            case Embedder.Made.Vectors(var values) -> Optional.of(keep(made, keys, values));
            case Embedder.Made.Refused() -> keys.size() == 1 ? Optional.of(made) : eachAlone(made, keys, texts);
            case Embedder.Made.Away(var pause, var reason) -> {
                behind.set(true);
                progress = progress.away();
                LOG.warn("Vectors wait for their model: {}", reason);
                later(this::work, pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
                yield Optional.empty();
            }
            case Embedder.Made.NotOffered() -> {
                behind.set(true);
                progress = progress.away();
                yield Optional.empty();
            }
        };
    }

    private Optional<Made> eachAlone(Made made, List<UUID> keys, Map<UUID, Wanted> texts) {
        var target = Optional.of(made);
        for (var key : keys) {
            if (target.isPresent()) target = batch(target.get(), List.of(key), texts);
        }
        return target;
    }

    private Made keep(Made made, List<UUID> keys, List<float[]> values) {
        var vectors = values.stream().map(VectorShelf::unit).toList();
        int dimension = vectors.getFirst().length;
        if (made.dimension != 0 && made.dimension != dimension) {
            throw new IllegalStateException(
                    "the model " + made.model + " made vectors of " + made.dimension + " and of " + dimension);
        }
        database.useTransaction(tx -> store.add(tx, made.model, keys, vectors));
        for (int at = 0; at < keys.size(); at++) made.vectors.put(keys.get(at), vectors.get(at));
        var kept = new Made(made.model, dimension, made.vectors);
        if (isServing(made.model)) {
            serving = Optional.of(kept);
            changed.run();
        } else {
            coming = Optional.of(kept);
        }
        return kept;
    }

    /** Every text has its vector that may have one. */
    private void complete(Made made, Map<UUID, Wanted> texts) {
        if (made.vectors.isEmpty()) return;
        var gone = new ArrayList<UUID>();
        made.vectors.keySet().forEach(key -> {
            if (!texts.containsKey(key)) gone.add(key);
        });
        if (!gone.isEmpty()) {
            database.useTransaction(tx -> store.forget(tx, made.model, gone));
            gone.forEach(made.vectors::remove);
        }
        if (isServing(made.model) || made.vectors.isEmpty()) return;
        database.useTransaction(tx -> {
            store.serve(tx, made.model, made.dimension);
            store.keepOnly(tx, made.model);
        });
        serving = Optional.of(made);
        coming = Optional.empty();
        LOG.info("Meanings are compared by {}: {} texts", made.model, made.vectors.size());
        changed.run();
    }

    private Made madeBy(String model) {
        if (isServing(model)) return serving.orElseThrow();
        if (coming.isEmpty() || !coming.get().model.equals(model)) coming = Optional.of(stored(model));
        return coming.get();
    }

    private boolean isServing(String model) {
        return serving.isPresent() && serving.get().model.equals(model);
    }

    private Made stored(String model) {
        var vectors = new HashMap<UUID, float[]>();
        database.read(db -> {
            vectors.clear();
            store.each(db, model, vectors::put);
            return true;
        });
        var dimension = vectors.values().stream().findFirst().map(vector -> vector.length);
        return dimension
                .map(length -> new Made(model, length, new ConcurrentHashMap<>(vectors)))
                .orElseGet(() -> Made.nothing(model));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with close
    private void later(Runnable work, Duration pause) {
        if (!worker.isShutdown()) worker.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String clipped(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    @Override
    public void close() {
        worker.shutdown();
        try {
            worker.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
