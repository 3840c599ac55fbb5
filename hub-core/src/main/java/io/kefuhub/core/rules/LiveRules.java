package io.kefuhub.core.rules;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.web.Json;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the rules are: stored first, then swapped in by one write. Safe for threads; changes come one at a time,
 * readers take one volatile read, and whoever begins something goes on with what they read then.
 */
public final class LiveRules {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRules.class);

    private final RuleBook book;
    private final Database database;
    private final AuditLog audit;
    private final InstantSource clock;
    private final StoredRules rows = new StoredRules();
    private final List<Consumer<RuleValues>> listeners = new CopyOnWriteArrayList<>();
    private volatile Standing standing;

    /**
     * How the rules stand.
     *
     * @param managedBy the file that declares them
     */
    public record Standing(RuleValues values, Optional<String> managedBy) {}

    public LiveRules(RuleBook book, Database database, AuditLog audit, InstantSource clock) {
        this.book = book;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        standing =
                database.read(rows::find).map(this::standing).orElse(new Standing(RuleValues.USUAL, Optional.empty()));
    }

    public RuleBook book() {
        return book;
    }

    public Standing now() {
        return standing;
    }

    /** The rules as somebody needs them, always as they are now; another one only when something in it is another. */
    public <T> Supplier<T> as(Function<RuleValues, T> form) {
        var made = new Object() {
            volatile T now = form.apply(standing.values());
        };
        listen(values -> {
            var next = form.apply(values);
            if (!next.equals(made.now)) made.now = next;
        });
        return () -> made.now;
    }

    /** Tells the listener of the rules as they are and of every later change, on the thread that changes them. */
    public synchronized void listen(Consumer<RuleValues> listener) {
        listeners.add(listener);
        listener.accept(standing.values());
    }

    /**
     * Changes all rules at once.
     *
     * @param managedBy the file that declares them; empty when a person does
     */
    public synchronized void change(String actor, RuleValues wanted, Optional<String> managedBy) {
        var next = new Standing(wanted, managedBy);
        if (next.equals(standing)) return;
        var written = new TreeMap<>(book.write(wanted));
        var now = clock.instant();
        database.useTransaction(tx -> {
            rows.keep(tx, new StoredRules.Row(written, managedBy), now);
            audit.append(
                    tx,
                    new AuditEntry(
                            now,
                            actor,
                            "answering-rules.changed",
                            "answering-rules",
                            Optional.empty(),
                            Json.text(written)));
        });
        standing = next;
        listeners.forEach(listener -> listener.accept(wanted));
    }

    /** What is kept and is no rule of this version, or no value of it, is as usual. */
    private Standing standing(StoredRules.Row row) {
        var kept = new TreeMap<String, Map<String, String>>();
        row.rules()
                .forEach((group, its) -> its.forEach((name, value) -> {
                    if (book.read(Map.of(group, Map.of(name, value))) instanceof RuleBook.Read.Fit) {
                        kept.computeIfAbsent(group, _ -> new TreeMap<>()).put(name, value);
                    } else {
                        LOG.warn("The rule {}.{} is as usual: this version does not take what is kept", group, name);
                    }
                }));
        return new Standing(
                switch (book.read(kept)) {
                    case RuleBook.Read.Fit(var values) -> values;
                    case RuleBook.Read.Unfit(var flaw) -> {
                        LOG.warn("All rules are as usual: {}", flaw.words().en());
                        yield RuleValues.USUAL;
                    }
                },
                row.managedBy());
    }
}
