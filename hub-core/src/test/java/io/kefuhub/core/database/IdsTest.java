package io.kefuhub.core.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class IdsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void an_id_is_of_version_7_and_says_when_it_was_made() {
        var id = new Ids(Clock.fixed(NOW, ZoneOffset.UTC)).next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void ids_grow_while_the_clock_stands_still() {
        var ids = new Ids(Clock.fixed(NOW, ZoneOffset.UTC));

        var made = Stream.generate(ids::next).limit(10_000).map(UUID::toString).toList();

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void many_threads_never_get_the_same_id() {
        var ids = new Ids(Clock.systemUTC());
        var seen = ConcurrentHashMap.<UUID>newKeySet();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 100; i++) {
                threads.execute(() -> Stream.generate(ids::next).limit(1_000).forEach(seen::add));
            }
        }

        assertThat(seen).hasSize(100_000);
    }
}
