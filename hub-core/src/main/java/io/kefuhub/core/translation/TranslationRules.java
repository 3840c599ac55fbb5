package io.kefuhub.core.translation;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.database.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What translators are told of each desk: kept in the database, read from memory. Safe for threads. */
public final class TranslationRules {
    private final Database database;
    private final AuditLog audit;
    private final InstantSource clock;
    private final DeskTranslations rows = new DeskTranslations();
    private volatile Map<DeskId, DeskRules> known;

    public TranslationRules(Database database, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.known = read();
    }

    public DeskRules of(DeskId desk) {
        var rules = known.get(desk);
        return rules == null ? DeskRules.none(desk) : rules;
    }

    /** What became of a change. */
    public sealed interface Saved {
        record Done(DeskRules rules) implements Saved {}

        /** Somebody else changed it meanwhile. */
        record Stale(DeskRules now) implements Saved {}

        /** A file declares it. */
        record Managed(String file) implements Saved {}
    }

    /**
     * Changes what a desk's translators are told.
     *
     * @param version the one that was read
     */
    public synchronized Saved change(
            String actor, DeskId desk, long version, Optional<String> detectAlias, List<Term> glossary) {
        var before = of(desk);
        if (before.managedBy().isPresent())
            return new Saved.Managed(before.managedBy().get());
        if (before.version() != version) return new Saved.Stale(before);
        return new Saved.Done(keep(actor, before, detectAlias, glossary, Optional.empty()));
    }

    /** The files that declare anything of it. */
    public Set<String> files() {
        return known.values().stream()
                .flatMap(rules -> rules.managedBy().stream())
                .collect(Collectors.toSet());
    }

    /** Makes the rules of these desks be as a file says; those that it no longer speaks of are people's again. */
    public synchronized void declare(String file, Map<DeskId, DeskRules> wanted) {
        wanted.forEach((desk, rules) -> {
            var before = of(desk);
            var same = before.managedBy().equals(Optional.of(file))
                    && before.glossary().equals(rules.glossary())
                    && before.detectAlias().equals(rules.detectAlias());
            if (!same) keep("file:" + file, before, rules.detectAlias(), rules.glossary(), Optional.of(file));
        });
        for (var rules : List.copyOf(known.values())) {
            if (rules.managedBy().equals(Optional.of(file)) && !wanted.containsKey(rules.desk())) {
                keep("file:" + file, rules, rules.detectAlias(), rules.glossary(), Optional.empty());
            }
        }
    }

    private DeskRules keep(
            String actor,
            DeskRules before,
            Optional<String> detectAlias,
            List<Term> glossary,
            Optional<String> managedBy) {
        var after = new DeskRules(before.desk(), detectAlias, glossary, before.version() + 1, managedBy);
        database.useTransaction(tx -> {
            rows.keep(tx, after, clock.instant());
            audit.append(tx, AuditEntry.of(clock.instant(), actor, "translation.changed", "desk:" + after.desk()));
        });
        known = read();
        return after;
    }

    private Map<DeskId, DeskRules> read() {
        return database.read(rows::all).stream().collect(Collectors.toMap(DeskRules::desk, Function.identity()));
    }
}
