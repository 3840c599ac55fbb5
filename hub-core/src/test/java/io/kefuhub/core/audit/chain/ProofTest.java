package io.kefuhub.core.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.config.Home;
import io.kefuhub.core.config.SigningKey;
import io.kefuhub.core.database.Eventually;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verification beside a hub that goes on. */
class ProofTest {
    @TempDir
    private Path home;

    private Written written;
    private Proof proof;

    @BeforeEach
    void open() {
        written = new Written(home);
        proof = new Proof(
                written.database,
                new AuditLog(),
                home.resolve("data/audit"),
                SigningKey.of(Home.at(home)).publicHalf(),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        proof.close();
        written.close();
    }

    private Proof.Proven proven(String actor) {
        var before = proof.now().last();
        proof.begin(actor);
        Eventually.holds(
                () -> proof.now().running().isEmpty() && !proof.now().last().equals(before));
        return proof.now().last().orElseThrow();
    }

    @Test
    void what_is_in_order_is_said_to_be_and_who_asked_is_in_the_audit() {
        for (var i = 0; i < 3; i++) written.write();
        written.sealer.sealAll();
        written.notary().sign();
        assertThat(proof.now().last()).isEmpty();

        var proven = proven("person:li");

        assertThat(proven.outcome().isFine()).isTrue();
        assertThat(proven.outcome().walked()).isEqualTo(9);
        assertThat(proven.outcome().signed()).isEqualTo(1);
        assertThat(proof.now().failed()).isFalse();
        assertThat(written.one("select actor || detail::text from audit where action = 'audit.verified'"))
                .isEqualTo("person:li{\"rows\": 9, \"findings\": 0}");
    }

    @Test
    void what_is_not_in_order_is_named_as_the_command_names_it_and_is_found_again_until_it_is_put_right() {
        written.write();
        written.sealer.sealAll();
        written.change("update audit set actor = 'nobody' where action = 'conversation.taken'");

        var proven = proven("hub");

        assertThat(proven.outcome().findings().stream().map(one -> one.words().en()))
                .containsExactlyElementsOf(written.findings())
                .hasSize(1);

        written.change("update audit set actor = 'hub' where action = 'conversation.taken'");
        written.sealer.sealAll();
        assertThat(proven("hub").outcome().isFine()).isTrue();
    }

    @Test
    void while_one_is_under_way_another_begins_none_and_rows_are_written_and_sealed() {
        for (var i = 0; i < 3; i++) written.write();
        written.sealer.sealAll();
        proof.begin("person:li");
        for (var i = 0; i < 20; i++) {
            proof.begin("person:" + i);
            written.write();
            written.sealer.sealAll();
        }
        Eventually.holds(
                () -> proof.now().running().isEmpty() && proof.now().last().isPresent());

        assertThat(proof.now().last().orElseThrow().outcome().findings()).isEmpty();
        assertThat(proven("hub").outcome().walked()).isGreaterThanOrEqualTo(69);
    }
}
