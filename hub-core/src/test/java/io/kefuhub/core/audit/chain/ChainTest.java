package io.kefuhub.core.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.audit.chain.Finding.What;
import io.kefuhub.core.config.Home;
import io.kefuhub.core.config.SecretBox;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.models.bodies.BodyKeeper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainTest {
    @TempDir
    private Path home;

    private Written written;

    @BeforeEach
    void open() {
        written = new Written(home);
    }

    @AfterEach
    void close() {
        written.close();
    }

    private void sealed(int times) {
        for (var time = 0; time < times; time++) written.write();
        written.sealer.sealAll();
    }

    private List<What> found() {
        return written.verify().findings().stream().map(Finding::what).toList();
    }

    @Test
    void what_was_sealed_is_found_as_it_was_over_batches_and_days() {
        sealed(4);
        written.later(Duration.ofDays(1));
        sealed(1);
        written.notary().sign();
        var outcome = written.verify();
        assertThat(outcome.findings()).isEmpty();
        assertThat(outcome.walked()).isEqualTo(15);
        assertThat(outcome.waiting()).isZero();
        assertThat(outcome.signed()).isEqualTo(1);
        assertThat(written.one("select count(distinct day) from audit_link")).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource({
        "audit, id, actor = 'nobody'",
        "audit, id, detail = '{}'",
        "attempt, id, cost = cost + 1",
        "attempt, id, rate = 1.5",
        "attempt, id, dispatched_at = now()",
        "turn_outcome, message_id, source = 'faq'"
    })
    void a_row_that_was_changed_is_named(String table, String key, String change) {
        sealed(3);
        var id = written.one("select " + key + " from " + table + " offset 1 limit 1");
        written.change("update " + table + " set " + change + " where " + key + " = '" + id + "'");
        assertThat(written.findings())
                .singleElement()
                .asString()
                .startsWith(table + " " + id + " (20")
                .endsWith("was changed after it was sealed");
    }

    @ParameterizedTest
    @CsvSource({"audit, id", "attempt, id", "turn_outcome, message_id"})
    void a_row_that_was_deleted_is_named(String table, String key) {
        sealed(3);
        var id = written.one("select " + key + " from " + table + " offset 1 limit 1");
        written.change("delete from " + table + " where " + key + " = '" + id + "'");
        assertThat(written.findings())
                .singleElement()
                .asString()
                .startsWith(table + " " + id)
                .endsWith("was sealed and is gone");
    }

    @Test
    void a_row_deleted_with_its_seal_leaves_a_gap_that_is_named() {
        sealed(3);
        written.change("delete from audit where id = 2");
        var number = written.one("select number from audit_link where kind = 'audit' and row_id = '2'");
        written.change("delete from audit_link where number = " + number);
        assertThat(written.findings()).singleElement().asString().endsWith("seals are gone: numbers " + number);
    }

    @Test
    void a_gap_that_was_closed_by_numbering_anew_is_found() {
        sealed(3);
        written.change("delete from audit_link where number = 4");
        written.change("update audit_link set number = -number where number > 4");
        written.change("update audit_link set number = -number - 1 where number < 0");
        assertThat(found()).containsExactlyInAnyOrder(What.OUT_OF_ORDER, What.LEFT_OUT);
    }

    @Test
    void rows_that_changed_places_are_named() {
        sealed(3);
        var third = name(3);
        var fourth = name(4);
        written.change("update audit_link set number = -3 where number = 3");
        written.change("update audit_link set number = 3 where number = 4");
        written.change("update audit_link set number = 4 where number = -3");
        assertThat(written.findings()).anyMatch(one -> one.startsWith(third) && one.contains("does not stand where"));
        assertThat(written.findings()).anyMatch(one -> one.startsWith(fourth) && one.contains("does not stand where"));
    }

    private String name(int number) {
        return written.one("select kind || ' ' || row_id from audit_link where number = " + number);
    }

    @Test
    void a_seal_that_was_made_to_fit_a_changed_row_is_named() {
        sealed(3);
        written.change("update audit_link set row_hash = sha256('x') where number = 5");
        assertThat(written.findings())
                .anyMatch(one -> one.startsWith(name(5)) && one.endsWith("its seal itself was changed, number 5"));
    }

    @Test
    void a_row_put_in_without_a_seal_is_named() {
        sealed(2);
        written.change("insert into audit (at, actor, action, subject, tx) values (now(), 'hub', 'x', 'y', '3')");
        assertThat(written.findings())
                .singleElement()
                .asString()
                .startsWith("audit 3")
                .contains("has no seal");
    }

    @Test
    void an_end_that_was_cut_off_is_found_by_the_checkpoint_and_its_last_row_named() {
        sealed(3);
        written.notary().sign();
        var last = name(9);
        for (var table : List.of("audit", "attempt", "turn_outcome")) {
            var key = table.equals("turn_outcome") ? "message_id" : "id";
            written.change("delete from " + table + " where " + key
                    + "::text in (select row_id from audit_link where number > 6 and kind = '" + table + "')");
        }
        written.change("delete from audit_link where number > 6");
        assertThat(written.findings())
                .singleElement()
                .asString()
                .startsWith(last)
                .contains("cut off after number 6");
    }

    @Test
    void a_chain_that_was_made_anew_is_found_by_the_checkpoint() {
        sealed(3);
        written.notary().sign();
        makeAnew();
        assertThat(found()).containsExactly(What.REWRITTEN);
        var notary = written.notary();
        notary.sign();
        assertThat(notary.foundItBroken()).isTrue();
        assertThat(found()).containsExactly(What.REWRITTEN);
    }

    private void makeAnew() {
        written.change("update audit set actor = 'nobody' where id = 1");
        written.change("delete from audit_link");
        written.change("update audit_seal set seen = '0'");
        written.later(Duration.ofSeconds(1));
        written.sealer.sealAll();
    }

    @Test
    void a_checkpoint_made_to_fit_is_found_by_its_signature() throws Exception {
        sealed(3);
        written.notary().sign();
        makeAnew();
        var line = written.checkpoints.last().orElseThrow();
        var file = home.resolve("data/audit").resolve(line.file());
        var hash = written.one("select encode(hash, 'hex') from audit_link where number = 9");
        Files.writeString(
                file, line.text().replace(line.checkpoint().orElseThrow().hash(), hash) + "\n");
        assertThat(found()).containsExactly(What.NOT_SIGNED);
        Files.writeString(file, "nonsense\n");
        assertThat(found()).containsExactly(What.UNREADABLE);
    }

    @Test
    void checkpoints_by_another_key_and_missing_ones_are_found() throws Exception {
        sealed(1);
        written.notary().sign();
        sealed(1);
        written.notary().sign();
        assertThat(written.verify(Optional.of("MCowBQYDK2VwAyEA" + "A".repeat(43) + "="))
                        .findings())
                .extracting(Finding::what)
                .containsExactly(What.NOT_SIGNED, What.NOT_SIGNED);
        var line = written.checkpoints.last().orElseThrow();
        Files.writeString(home.resolve("data/audit").resolve(line.file()), line.text() + "\n");
        assertThat(found()).containsExactly(What.CHECKPOINTS_GONE);
    }

    @Test
    void a_checkpoint_that_was_cut_off_while_it_was_written_is_none() throws Exception {
        sealed(1);
        written.notary().sign();
        var line = written.checkpoints.last().orElseThrow();
        var file = home.resolve("data/audit").resolve(line.file());
        Files.writeString(file, line.text() + "\n" + line.text().substring(0, 40));
        sealed(1);
        written.notary().sign();
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(written.verify().isFine()).isTrue();
    }

    @Test
    void it_is_signed_every_few_minutes_and_when_a_day_ends_but_only_what_is_new() {
        var notary = written.notary();
        sealed(1);
        notary.look();
        sealed(1);
        notary.look();
        assertThat(written.checkpoints.all()).hasSize(1);
        written.later(Duration.ofMinutes(5));
        notary.look();
        written.later(Duration.ofMinutes(5));
        notary.look();
        assertThat(written.checkpoints.all()).hasSize(2);
        sealed(1);
        written.later(Duration.ofHours(14).minusMinutes(10));
        notary.look();
        assertThat(written.checkpoints.all()).hasSize(3);
    }

    @Test
    void a_transaction_that_ends_late_is_sealed_when_it_has_ended() {
        var began = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var late = Thread.ofVirtual()
                .start(() -> written.database.useTransaction(tx -> {
                    written.audit(tx, "late");
                    began.countDown();
                    await(mayEnd);
                }));
        await(began);
        sealed(12);
        assertThat(written.one("select count(*) from audit_link")).isEqualTo("36");
        mayEnd.countDown();
        Eventually.holds(() -> !late.isAlive());
        sealed(1);
        assertThat(written.one("select count(*) from audit_link")).isEqualTo("40");
        assertThat(written.verify().isFine()).isTrue();
        assertThat(written.one("select row_id from audit_link where number > 36 order by row_at limit 1"))
                .as("its id is the lowest of all")
                .isEqualTo(written.one("select id from audit where action = 'late'"));
    }

    @Test
    void what_was_sealed_in_full_batches_is_not_looked_at_again() {
        sealed(5);
        assertThat(written.one("select count(*) from audit_link")).isEqualTo("15");
        assertThat(written.one("select count(*) from attempt, audit_seal where tx >= seen"))
                .isEqualTo("0");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void several_sealers_whose_connections_break_make_one_chain_without_gaps_or_doubles(@TempDir Path other) {
        var sealers = List.of(written.sealer(7), written.sealerOfAnotherHub(other, 7));
        sealers.forEach(Sealer::start);
        try {
            for (var round = 0; round < 20; round++) {
                written.write();
                written.database.read(db -> db.execute("""
                        select pg_terminate_backend(pid) from pg_stat_activity
                        where datname = current_database() and pid <> pg_backend_pid()"""));
            }
            Eventually.holds(
                    () -> written.one("select count(*) from audit_link").equals("60"));
        } finally {
            sealers.forEach(Sealer::close);
        }
        assertThat(written.findings(written.checkpoints)).isEmpty();
        assertThat(written.findings(new Checkpoints(other))).isEmpty();
        assertThat(written.verify().walked()).isEqualTo(60);
    }

    @Test
    void after_a_restore_into_a_younger_server_sealing_goes_on() {
        sealed(2);
        written.change("update audit_seal set seen = '999999999'");
        written.write();
        written.change("update audit set tx = '999999998' where id = 3");
        assertThat(written.verify().isFine()).isTrue();
        assertThat(written.verify().waiting()).isEqualTo(3);
        written.sealer.sealAll();
        written.write();
        written.sealer.sealAll();
        assertThat(written.one("select count(*) from audit_link")).isEqualTo("12");
        assertThat(written.verify().isFine()).isTrue();
    }

    @Test
    void bodies_that_went_after_their_days_are_no_finding_and_others_are() {
        var days = new AtomicInteger(30);
        var keeper =
                new BodyKeeper(written.database, new AuditLog(), SecretBox.of(Home.at(home)), written.clock, days::get);
        var turn = new AiRequest.Turn(AiRequest.Role.USER, "Hello?", List.of());
        var request = new AiRequest("m", "", List.of(turn), 10, 0, true, Map.of());
        keeper.ended(UUID.randomUUID(), request, "old");
        keeper.ended(UUID.randomUUID(), request, "old");
        written.later(Duration.ofDays(31));
        var fresh = UUID.randomUUID();
        keeper.ended(fresh, request, "new");
        keeper.close();
        written.sealer.sealAll();
        assertThat(written.verify().walked()).isEqualTo(3);

        keeper.expire();
        assertThat(written.one("select count(*) from attempt_body")).isEqualTo("1");
        assertThat(written.verify().findings()).isEmpty();
        assertThat(written.verify().expired()).isEqualTo(2);

        written.change("update attempt_body set body = '\\x00'");
        assertThat(written.findings())
                .singleElement()
                .asString()
                .startsWith("attempt_body " + fresh)
                .endsWith("sealed");
        written.change("delete from attempt_body");
        assertThat(written.findings())
                .singleElement()
                .asString()
                .startsWith("attempt_body " + fresh)
                .endsWith("is gone");
    }

    @Test
    void the_hash_of_a_row_is_what_the_documentation_says() {
        sealed(1);
        // By the database alone: length and text of each field, in the documented order.
        var fields = written.one("""
                select encode(sha256(string_agg(coalesce(
                    int4send(octet_length(field)) || convert_to(field, 'UTF8'), '\\xffffffff'::bytea), ''::bytea order by n)), 'hex')
                from audit, unnest(array['kefuhub-row-1', 'audit', id::text,
                    ((extract(epoch from at) * 1000000)::bigint)::text, actor, action, subject, conversation_id::text,
                    detail::text]) with ordinality as one (field, n)""");
        assertThat(written.one("select encode(row_hash, 'hex') from audit_link where kind = 'audit'"))
                .isEqualTo(fields);
    }
}
