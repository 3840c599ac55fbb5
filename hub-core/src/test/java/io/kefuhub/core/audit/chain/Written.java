package io.kefuhub.core.audit.chain;

import io.kefuhub.core.config.Home;
import io.kefuhub.core.config.SigningKey;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAddress;
import io.kefuhub.core.database.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Rows of every sealed table on a real database, with a sealer that seals when it is told to. */
final class Written implements AutoCloseable {
    final DatabaseAddress address = TestDatabase.freshAddress();
    final Database database = TestDatabase.open(address);
    final Checkpoints checkpoints;
    private final Path folder;
    private final SigningKey key;
    private Instant now = Instant.parse("2026-11-26T10:00:00Z");
    final InstantSource clock = () -> now;
    final Sealer sealer;
    private int count;

    Written(Path folder) {
        this.folder = folder.resolve("data/audit");
        checkpoints = new Checkpoints(this.folder);
        key = SigningKey.of(Home.at(folder));
        sealer = sealer(5);
    }

    Sealer sealer(int batch) {
        return new Sealer(database, clock, Optional.of(notary()), batch);
    }

    /** What another hub seals with: the same database, a folder of its own. */
    Sealer sealerOfAnotherHub(Path folder, int batch) {
        return new Sealer(database, clock, Optional.of(new Notary(database, folder, key, clock)), batch);
    }

    Notary notary() {
        return new Notary(database, folder, key, clock);
    }

    void later(Duration time) {
        now = now.plus(time);
    }

    /** One row of each kind. */
    void write() {
        database.useTransaction(tx -> {
            audit(tx, "conversation.taken");
            attempt(tx);
            tx.execute("""
                    insert into turn_outcome (message_id, at, desk, channel, assistant, source, rung, why)
                    values (?, now(), 'main', 'web', 'faq', 'model', '', '')""", UUID.randomUUID());
        });
    }

    void audit(Handle tx, String action) {
        tx.execute(
                "insert into audit (at, actor, action, subject, detail) values (now(), 'hub', ?, ?, '{\"n\": 1}')",
                action,
                "conversation:" + ++count);
    }

    private static void attempt(Handle tx) {
        tx.execute("""
                insert into attempt (id, at, ended_at, desk, channel, assistant, customer, purpose, alias, deployment,
                    provider, model, outcome, source, input_tokens, cached_tokens, output_tokens, reasoning_tokens, rate,
                    reserved, cost, over_reserved, on_grace)
                values (?, now(), now(), 'main', 'web', 'faq', 'c1', 'ANSWER', 'support', 'd', 'openai', 'small',
                    'answered', 'REPORTED', 10, 0, 5, 0, 1.50, 100, 20, false, false)""", UUID.randomUUID());
    }

    void change(String sql) {
        database.useTransaction(tx -> tx.execute(sql));
    }

    String one(String sql) {
        return database.read(db -> db.createQuery(sql).mapTo(String.class).one());
    }

    Verification.Outcome verify() {
        return verify(checkpoints.publicHalf());
    }

    Verification.Outcome verify(Optional<String> publicHalf) {
        return verify(checkpoints, publicHalf);
    }

    private Verification.Outcome verify(Checkpoints signed, Optional<String> publicHalf) {
        return Database.inspect(
                address,
                db -> new Verification(Verification.Reader.of(db), _ -> {})
                        .run(Optional.empty(), signed.all(), publicHalf));
    }

    /** What is found, as an admin reads it. */
    List<String> findings() {
        return findings(checkpoints);
    }

    /** What is found when the chain is held against what another folder has signed. */
    List<String> findings(Checkpoints signed) {
        return verify(signed, signed.publicHalf()).findings().stream()
                .map(one -> one.words().en())
                .toList();
    }

    @Override
    public void close() {
        database.close();
    }
}
