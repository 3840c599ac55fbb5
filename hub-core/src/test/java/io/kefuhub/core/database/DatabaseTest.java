package io.kefuhub.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.core.telemetry.LogLines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.util.Throwables;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class DatabaseTest {
    record ParcelId(UUID value) {}

    record Parcel(
            ParcelId id, String name, Instant sentAt, Jsonb trace, Optional<ParcelId> parent, List<String> tags) {}

    private static final String TABLE = """
            create table parcel (id uuid primary key, name text, sent_at timestamptz, trace jsonb, parent uuid, tags text[])""";

    @Test
    void a_record_comes_back_as_it_was_bound() {
        try (var database = TestDatabase.fresh()) {
            var parcel = new Parcel(
                    new ParcelId(new Ids(Clock.systemUTC()).next()),
                    "包裹",
                    Instant.parse("2026-02-03T04:05:06.789123Z"),
                    new Jsonb("{\"a\": 1}"),
                    Optional.empty(),
                    List.of("x", "y"));
            database.useTransaction(tx -> {
                tx.execute(TABLE);
                tx.createUpdate("insert into parcel values (:id, :name, :sentAt, :trace, :parent, :tags)")
                        .bind("id", parcel.id())
                        .bind("name", parcel.name())
                        .bind("sentAt", parcel.sentAt())
                        .bind("trace", parcel.trace())
                        .bind("parent", parcel.parent())
                        .bindArray("tags", String.class, parcel.tags())
                        .execute();
            });

            var read = database.read(tx -> tx.createQuery("select * from parcel where id = :id")
                    .bind("id", parcel.id())
                    .map(ConstructorMapper.of(Parcel.class))
                    .one());

            assertThat(read).isEqualTo(parcel);
        }
    }

    @Test
    void what_the_ledger_writes_does_not_wait_for_what_others_write() throws Exception {
        var hold = new CountDownLatch(1);
        GroupWriter.Batch<String, String> held = (_, units, _) -> {
            await(hold);
            return units;
        };
        GroupWriter.Batch<String, String> free = (_, units, _) -> units;
        try (var database = TestDatabase.fresh()) {
            var message = database.writer().write(held, "message");

            assertThat(database.ledgerWriter().write(free, "cost").get(10, TimeUnit.SECONDS))
                    .isEqualTo("cost");
            assertThat(message).isNotDone();
            hold.countDown();
            assertThat(message.get(10, TimeUnit.SECONDS)).isEqualTo("message");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_transaction_that_throws_leaves_nothing() {
        try (var database = TestDatabase.fresh()) {
            database.useTransaction(tx -> tx.execute("create table t (i int)"));

            assertThatThrownBy(() -> database.useTransaction(tx -> {
                        tx.execute("insert into t values (1)");
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");

            assertThat(database.<Integer>read(tx -> tx.createQuery("select count(*) from t")
                            .mapTo(Integer.class)
                            .one()))
                    .isZero();
        }
    }

    @Test
    void transactions_that_stand_in_each_others_way_are_run_again() throws Exception {
        try (var database = TestDatabase.fresh();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            database.useTransaction(tx -> tx.execute("create table t as select generate_series(1, 2) i, 0 n"));
            var tries = new AtomicInteger();
            var both = new CyclicBarrier(2);

            var crossing = Stream.of(List.of(1, 2), List.of(2, 1))
                    .map(order -> threads.submit(() -> database.useTransaction(tx -> {
                        tx.execute("update t set n = n + 1 where i = ?", order.get(0));
                        if (tries.incrementAndGet() <= 2) {
                            meet(both);
                        }
                        tx.execute("update t set n = n + 1 where i = ?", order.get(1));
                    })))
                    .toList();
            for (var done : crossing) {
                done.get();
            }

            assertThat(tries).hasValueGreaterThan(2);
            assertThat(database.<List<Integer>>read(tx -> tx.createQuery("select n from t")
                            .mapTo(Integer.class)
                            .list()))
                    .containsExactly(2, 2);
        }
    }

    @Test
    void what_was_refused_is_not_told_in_the_failure() {
        try (var database = TestDatabase.fresh()) {
            database.useTransaction(tx -> tx.execute("create table t (word text primary key)"));
            Consumer<Handle> twice = tx -> tx.createUpdate("insert into t values (:word), (:word)")
                    .bind("word", "secret")
                    .execute();

            assertThatThrownBy(() -> database.useTransaction(twice))
                    .hasStackTraceContaining("t_pkey")
                    .extracting(Throwables::getStackTrace, InstanceOfAssertFactories.STRING)
                    .doesNotContain("secret");
        }
    }

    @Test
    @Timeout(20)
    void a_database_that_is_not_there_is_told_after_a_bounded_wait() {
        var nowhere = new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/none", "u", "p", Optional.empty());
        var waits = new DatabaseWaits(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300));

        assertThatThrownBy(() -> Database.open(nowhere, waits)).isInstanceOf(DatabaseAwayException.class);
        try (var database = Database.openMigrated(nowhere, waits)) {
            assertThat(database.reachable()).isFalse();
            assertThatThrownBy(() -> database.read(tx -> 1)).isInstanceOf(DatabaseAwayException.class);
            assertThatThrownBy(() -> database.inTransaction(tx -> 1)).isInstanceOf(DatabaseAwayException.class);
            assertThatThrownBy(() ->
                            database.writer().write((_, units, _) -> units, 1).join())
                    .hasCauseInstanceOf(DatabaseAwayException.class);
        }
    }

    @Test
    @Timeout(20)
    void a_database_that_is_away_is_logged_once_whoever_calls_it() {
        var nowhere = new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/none", "u", "p", Optional.empty());
        var waits = new DatabaseWaits(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(50));
        try (var log = new LogLines("io.kefuhub");
                var database = Database.openMigrated(nowhere, waits)) {
            for (var i = 0; i < 3; i++) {
                assertThatThrownBy(() -> database.read(tx -> 1)).isInstanceOf(DatabaseAwayException.class);
                assertThatThrownBy(() -> database.inTransaction(tx -> 1)).isInstanceOf(DatabaseAwayException.class);
                var written = database.writer().write((_, units, _) -> units, 1);
                assertThatThrownBy(written::join).hasCauseInstanceOf(DatabaseAwayException.class);
            }

            assertThat(log.containing("")).singleElement().asString().startsWith("The database is away");
        }
    }

    @Test
    @Timeout(20)
    void a_caller_who_is_interrupted_as_it_commits_is_no_outage() throws Exception {
        try (var log = new LogLines("io.kefuhub");
                var database = TestDatabase.fresh()) {
            var failure = new AtomicReference<Throwable>();
            var caller = Thread.ofVirtual().start(() -> {
                try {
                    database.useTransaction(tx -> {
                        tx.execute("select 1");
                        Thread.currentThread().interrupt();
                    });
                } catch (RuntimeException e) {
                    failure.set(e);
                }
            });
            caller.join();

            assertThat(failure.get()).isInstanceOf(DatabaseAwayException.class);
            assertThat(log.containing("away")).isEmpty();
            assertThat(database.reachable()).isTrue();
        }
    }

    @Test
    @Timeout(20)
    void many_more_callers_than_connections_all_get_their_turn() throws Exception {
        try (var database = TestDatabase.fresh();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = Stream.generate(() -> threads.submit(() -> database.<Integer>read(tx ->
                            tx.createQuery("select 1").mapTo(Integer.class).one())))
                    .limit(500)
                    .toList();

            for (var call : calls) {
                assertThat(call.get()).isEqualTo(1);
            }
        }
    }

    private static void meet(CyclicBarrier both) {
        try {
            both.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
