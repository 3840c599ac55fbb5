package io.kefuhub.core.answering.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.conversation.Desks;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.web.MovableClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Knowledge over a real database with two desks, {@code main} and {@code outlet}, empty at first. */
public final class KnowledgeRoom implements AutoCloseable {
    public final MovableClock clock = new MovableClock("2026-06-01T08:00:00Z");
    public final Database database = TestDatabase.fresh();
    public final AuditLog audit = new AuditLog();
    public final UUID main;
    public final UUID outlet;
    public final Knowledge knowledge;
    /** What questions that are asked now go by. */
    public volatile SearchRules rules = SearchRules.USUAL;

    public KnowledgeRoom() {
        main = desk("main");
        outlet = desk("outlet");
        knowledge = again();
    }

    /** Knowledge as a hub that starts anew finds it. */
    public Knowledge again() {
        return new Knowledge(database, audit, new Ids(clock), clock, () -> rules);
    }

    public LinkedHashMap<String, UUID> desks() {
        var desks = new LinkedHashMap<String, UUID>();
        desks.put("main", main);
        desks.put("outlet", outlet);
        return desks;
    }

    /** Brings the demo shop in and waits until it answers. */
    public KnowledgeRoom withDemo() {
        var report = knowledge.importAll("hub", main, DemoKnowledge.read(), false);
        assertThat(report.errors()).isEmpty();
        eventually(() -> direct(main, "怎么退货").isPresent());
        return this;
    }

    /** The answer that is given directly. */
    public Optional<String> direct(UUID desk, String question) {
        var found = knowledge
                .ask(desk, Asker.anybody(EntryLanguage.written(question)), question)
                .found();
        return found instanceof Found.Direct direct
                ? Optional.of(direct.entry().content().answer())
                : Optional.empty();
    }

    public List<String> audited() {
        return database.read(db -> audit.before(db, Long.MAX_VALUE, "", "", 100)).stream()
                .map(line -> line.entry().actor() + " " + line.entry().action())
                .toList();
    }

    /** Waits until it is so, at most thirty seconds. */
    public static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) throw new AssertionError("it did not come to pass within thirty seconds");
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        knowledge.close();
        database.close();
    }

    private UUID desk(String key) {
        var desk = new Desk(
                new DeskId(new Ids(clock).next()), key, Map.of("en", key), Language.ZH_CN, true, Optional.empty());
        return database.inTransaction(tx -> new Desks().keep(tx, desk)).value();
    }
}
