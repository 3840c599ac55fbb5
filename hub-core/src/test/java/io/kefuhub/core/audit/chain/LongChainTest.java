package io.kefuhub.core.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongChainTest {
    private static final int ROWS = 3_000;

    @TempDir
    private Path home;

    @Test
    void a_hub_that_began_with_few_rows_looks_only_at_what_is_new_when_there_are_many() {
        try (var written = new Written(home)) {
            var sealer = written.sealer(2 * ROWS);
            // What is asked again and again is planned once: while there is little, every way to it is as short.
            for (var time = 0; time < 20; time++) {
                write(written, 20);
                sealer.sealAll();
            }
            write(written, ROWS);
            sealer.sealAll();
            var before = read(written);
            write(written, ROWS);
            sealer.sealAll();
            assertThat(written.one("select count(*) from audit_link")).isEqualTo(Integer.toString(20 * 20 + 2 * ROWS));
            assertThat(read(written) - before).isLessThan(10 * ROWS);
        }
    }

    private static void write(Written written, int rows) {
        written.change("""
                insert into audit (at, actor, action, subject, detail)
                select now(), 'hub', 'x', 'y', '{}' from generate_series(1, %d)""".formatted(rows));
    }

    /** Entries of indexes and rows of the chain that were looked at so far. */
    private static long read(Written written) {
        return written.database.read(db -> {
            // Counts come to be seen a while after a transaction, unless they are asked for by whoever has them.
            db.execute("select pg_stat_force_next_flush()");
            return db.createQuery("""
                            select (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'audit_link')
                                + (select seq_tup_read from pg_stat_user_tables where relname = 'audit_link')""").mapTo(Long.class).one();
        });
    }
}
