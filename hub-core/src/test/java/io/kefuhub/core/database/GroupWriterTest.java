package io.kefuhub.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class GroupWriterTest {
    private static final GroupWriter.Batch<String, Integer> WORDS = (tx, units, _) -> insert(tx, units);
    private static Database database;

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
        database.useTransaction(tx -> tx.execute("create table word (word text primary key, length int not null)"));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void a_completed_unit_is_committed_and_has_its_own_result() {
        var futures = IntStream.rangeClosed(1, 2_500)
                .mapToObj(i -> database.writer().write(WORDS, "own-" + "x".repeat(i)))
                .toList();

        assertThat(futures.stream().map(CompletableFuture::join))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(5, 2_504).boxed().toList());
        assertThat(count("own-%")).isEqualTo(2_500);
        assertThat(database.writer().counts().biggest()).isBetween(1L, 1_000L);
    }

    @Test
    void a_bad_unit_fails_alone() {
        var hold = new CountDownLatch(1);
        GroupWriter.Batch<String, Integer> waiting = (tx, units, _) -> {
            awaitQuietly(hold);
            return insert(tx, units);
        };
        var _ = database.writer().write(waiting, "alone-first");
        var good = new ArrayList<CompletableFuture<Integer>>();
        var bad = new ArrayList<CompletableFuture<Integer>>();
        for (var i = 0; i < 500; i++) {
            if (i % 100 == 7) {
                bad.add(database.writer().write(WORDS, "alone-\0" + i));
            } else {
                good.add(database.writer().write(WORDS, "alone-" + i));
            }
        }
        hold.countDown();

        good.forEach(CompletableFuture::join);
        assertThat(bad)
                .hasSize(5)
                .allSatisfy(future -> assertThatThrownBy(future::join).isInstanceOf(CompletionException.class));
        assertThat(count("alone-%")).isEqualTo(496);
    }

    @Test
    void a_defect_in_a_batch_fails_its_unit_and_not_the_neighbours() {
        GroupWriter.Batch<String, Integer> broken = (tx, units, _) -> {
            throw new IllegalArgumentException("broken");
        };

        var first = database.writer().write(WORDS, "defect-1");
        var failed = database.writer().write(broken, "defect-2");
        var last = database.writer().write(WORDS, "defect-3");

        assertThat(first.join()).isEqualTo(8);
        assertThatThrownBy(failed::join).hasRootCauseMessage("broken");
        assertThat(last.join()).isEqualTo(8);
    }

    @Test
    void units_of_several_kinds_share_one_transaction_in_the_order_of_their_kinds() {
        var hold = new CountDownLatch(1);
        var calls = new ArrayList<String>();
        GroupWriter.Batch<String, Integer> waiting = (tx, units, _) -> {
            awaitQuietly(hold);
            return List.of(0);
        };
        GroupWriter.Batch<String, Long> one = (tx, units, _) -> note(calls, "one", tx, units);
        GroupWriter.Batch<String, Long> two = (tx, units, _) -> note(calls, "two", tx, units);
        var started = database.writer().write(waiting, "");

        var writer = database.writer();
        var all =
                List.of(writer.write(one, "a"), writer.write(two, "b"), writer.write(one, "c"), writer.write(two, "d"));
        hold.countDown();

        started.join();
        assertThat(all.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(calls).containsExactly("one[a, c]", "two[b, d]");
    }

    @Test
    void a_full_disk_is_waited_for() {
        var tries = new AtomicInteger();
        GroupWriter.Batch<String, Integer> full = (tx, units, _) -> {
            if (tries.incrementAndGet() <= 2) {
                tx.execute("do $$ begin raise exception using errcode = '53100'; end $$");
            }
            return insert(tx, units);
        };

        assertThat(database.writer().write(full, "full-1").join()).isEqualTo(6);
        assertThat(tries).hasValue(3);
    }

    @Test
    void what_queued_before_the_end_is_still_written() {
        var address = TestDatabase.freshAddress();
        try (var other = Database.openMigrated(address, DatabaseWaits.USUAL)) {
            other.useTransaction(tx -> tx.execute("create table word (word text primary key, length int not null)"));
            for (var i = 0; i < 3_000; i++) {
                var _ = other.writer().write(WORDS, UUID.randomUUID().toString());
            }
        }

        try (var again = Database.openMigrated(address, DatabaseWaits.USUAL)) {
            assertThat(again.<Long>read(tx -> tx.createQuery("select count(*) from word")
                            .mapTo(Long.class)
                            .one()))
                    .isEqualTo(3_000);
        }
    }

    @Test
    void what_goes_with_the_commit_counts_for_its_unit_alone() {
        var hold = new CountDownLatch(1);
        GroupWriter.Batch<String, Integer> waiting = (_, _, _) -> {
            awaitQuietly(hold);
            return List.of(0);
        };
        GroupWriter.Batch<String, String> last = (_, units, script) -> {
            script.update(
                    "insert into word select word, 1 from unnest(?) as given (word)",
                    Columns.of(units).texts(word -> word.replace("bad", "\0")));
            return units;
        };
        var writer = database.writer();
        var _ = writer.write(waiting, "");
        var units = List.of("last-1", "last-bad", "last-2");

        var written = units.stream().map(unit -> writer.write(last, unit)).toList();
        hold.countDown();

        assertThat(written.get(0).join()).isEqualTo("last-1");
        assertThat(written.get(2).join()).isEqualTo("last-2");
        assertThatThrownBy(written.get(1)::join).hasCauseInstanceOf(StatementFailedException.class);
        assertThat(count("last-%")).isEqualTo(2);
    }

    @Test
    void what_is_too_long_to_go_with_the_commit_goes_before_it() {
        var read = new ArrayList<String>();
        GroupWriter.Batch<String, String> last = (_, units, script) -> {
            script.query(
                    "insert into word select 'long', length(word) from unnest(?) as given (word) returning word",
                    row -> read.add(row.getString("word")),
                    Columns.of(units).texts(word -> word));
            return units;
        };

        database.writer().write(last, "x".repeat(100_000)).join();

        assertThat(read).containsExactly("long");
        assertThat(count("long")).isEqualTo(1);
    }

    private static List<Long> note(List<String> calls, String name, Handle tx, List<String> units) {
        calls.add(name + units);
        var transaction =
                tx.createQuery("select txid_current()").mapTo(Long.class).one();
        return units.stream().map(unit -> transaction).toList();
    }

    private static List<Integer> insert(Handle tx, List<String> words) {
        return tx.createQuery("""
                        with given as (select word, at from unnest(:words) with ordinality as given(word, at)),
                             written as (insert into word select word, length(word) from given
                                         on conflict (word) do update set length = excluded.length
                                         returning word, length)
                        select length from written join given using (word) order by at""")
                .bindArray("words", String.class, words)
                .mapTo(Integer.class)
                .list();
    }

    private static long count(String pattern) {
        return database.read(tx -> tx.createQuery("select count(*) from word where word like :pattern")
                .bind("pattern", pattern)
                .mapTo(Long.class)
                .one());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
