package io.kefuhub.core.plugin;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the calling thread works under, such as on whose behalf models are asked. Where {@link Guard} asks foreign code on
 * another thread, it goes along, and {@link Subject} with it. Immutable.
 */
public final class Carried {
    private static final ScopedValue<Carried> CURRENT = ScopedValue.newInstance();
    private static final Carried NOTHING = new Carried(Map.of());

    private final Map<Key<?>, Object> things;

    /** Names one thing that is carried; equal to itself only. */
    public static final class Key<T> {
        private final Class<T> type;

        public Key(Class<T> type) {
            this.type = type;
        }
    }

    private Carried(Map<Key<?>, Object> things) {
        this.things = Map.copyOf(things);
    }

    /** The one that the calling thread works under. */
    public static <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable(CURRENT.orElse(NOTHING).things.get(key)).map(key.type::cast);
    }

    /** Works under one thing more. */
    public static <T, R> R with(Key<T> key, T thing, Supplier<R> work) {
        var all = new HashMap<>(CURRENT.orElse(NOTHING).things);
        all.put(key, thing);
        return ScopedValue.where(CURRENT, new Carried(all)).call(work::get);
    }

    /** The same work for another thread, under all that the calling one works under. */
    public static Runnable along(Runnable work) {
        var carried = CURRENT.orElse(NOTHING);
        var subject = Subject.now();
        return () -> ScopedValue.where(CURRENT, carried).run(() -> subject.during(work));
    }
}
