package io.kefuhub.core.models.catalogue;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.web.Json;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalogue: stored first, then swapped in by one write. Safe for threads; changes come one at a time, readers
 * take one volatile read.
 */
public final class CatalogueKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueKeeper.class);

    private final Database database;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Function<Deployment, String> setups;
    private final Deployments deployments = new Deployments();
    private final Aliases aliases = new Aliases();
    private final ModelRules rules = new ModelRules();
    private final List<Consumer<Catalogue>> listeners = new CopyOnWriteArrayList<>();
    private volatile Catalogue catalogue = Catalogue.EMPTY;
    private volatile Optional<String> rulesManagedBy = Optional.empty();

    /**
     * @param setups says by some text what a deployment is reached with, its key included, and is another text when that
     *     is another one
     */
    public CatalogueKeeper(
            Database database, AuditLog audit, InstantSource clock, Function<Deployment, String> setups) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.setups = setups;
        swap(database.read(this::read));
    }

    public Catalogue now() {
        return catalogue;
    }

    /** The file that declares the rules. */
    public Optional<String> rulesManagedBy() {
        return rulesManagedBy;
    }

    /** Tells the listener of the catalogue as it is and of every later one, on the thread that changes it. */
    public void listen(Consumer<Catalogue> listener) {
        listeners.add(listener);
        listener.accept(catalogue);
    }

    /** One change in one transaction. */
    public final class Change {
        private final Handle tx;
        private final String actor;
        private final Map<String, Deployment> wantedDeployments;
        private final Map<String, Alias> wantedAliases;

        private Change(Handle tx, String actor, Catalogue before) {
            this.tx = tx;
            this.actor = actor;
            wantedDeployments = new HashMap<>(before.deployments());
            wantedAliases = new HashMap<>(before.aliases());
        }

        /** The deployments as they are with what was changed so far. */
        public Map<String, Deployment> deployments() {
            return wantedDeployments;
        }

        public Map<String, Alias> aliases() {
            return wantedAliases;
        }

        /** Stores a deployment by its key; what the hub had switched off is on again. */
        public void keep(Deployment wanted) {
            var isNew = wantedDeployments.put(wanted.key(), wanted) == null;
            deployments.keep(tx, wanted, clock.instant());
            note(isNew ? "deployment.added" : "deployment.changed", "deployment:" + wanted.key(), about(wanted));
        }

        public void forgetDeployment(String key) {
            wantedDeployments.remove(key);
            deployments.forget(tx, key);
            note("deployment.removed", "deployment:" + key, Map.of());
        }

        public void keep(Alias wanted) {
            var isNew = wantedAliases.put(wanted.name(), wanted) == null;
            aliases.keep(tx, wanted, clock.instant());
            var detail = new HashMap<String, Object>(Map.of("deployments", wanted.deployments()));
            wanted.cheaper().ifPresent(cheaper -> detail.put("cheaper", cheaper));
            note(isNew ? "alias.added" : "alias.changed", "alias:" + wanted.name(), detail);
        }

        public void forgetAlias(String name) {
            wantedAliases.remove(name);
            aliases.forget(tx, name);
            note("alias.removed", "alias:" + name, Map.of());
        }

        public void keep(Rules wanted, Optional<String> managedBy) {
            rules.keep(tx, new ModelRules.Kept(wanted, managedBy), clock.instant());
            note("model-rules.changed", "model-rules", wanted);
        }

        private void note(String action, String subject, Object detail) {
            audit.append(
                    tx, new AuditEntry(clock.instant(), actor, action, subject, Optional.empty(), Json.text(detail)));
        }

        private static Map<String, Object> about(Deployment deployment) {
            return Map.of(
                    "instance", deployment.instance(),
                    "model", deployment.model(),
                    "enabled", deployment.enabled(),
                    "local", deployment.traits().local(),
                    "unpriced", deployment.billing().unpriced());
        }
    }

    /** Changes anything in one swap; when the change throws, nothing has changed. */
    public synchronized <T> T change(String actor, Function<Change, T> change) {
        var before = catalogue;
        record Done<T>(T result, Read read) {}
        var done = database.inTransaction(tx -> {
            var result = change.apply(new Change(tx, actor, before));
            return new Done<>(result, read(tx));
        });
        swap(done.read());
        return done.result();
    }

    /**
     * Switches a deployment off until its setup is another one or a person says otherwise.
     *
     * @param seen the deployment that met it
     * @return whether it was on
     */
    public synchronized boolean off(Deployment seen, Deployment.OffReason reason) {
        var now = catalogue.deployment(seen.key()).filter(Deployment::isOn);
        if (now.isEmpty() || !now.get().equals(seen)) return false;
        LOG.warn("Deployment {} is off: {} refused by its provider", seen.key(), reason);
        var off = new Deployment.Off(reason, clock.instant(), setups.apply(seen));
        store(seen.withOff(Optional.of(off)), "deployment.off", Map.of("reason", reason));
        return true;
    }

    /** Switches on again what works again. */
    public synchronized void on(String key) {
        catalogue
                .deployment(key)
                .filter(deployment -> deployment.off().isPresent())
                .ifPresent(deployment -> store(deployment.withOff(Optional.empty()), "deployment.on", Map.of()));
    }

    /** Switches on again what is set up otherwise than when it went off. */
    public synchronized void lookAgain() {
        for (var deployment : catalogue.deployments().values()) {
            var off = deployment.off();
            if (off.isPresent() && !off.get().setup().equals(setups.apply(deployment))) on(deployment.key());
        }
    }

    private void store(Deployment changed, String action, Object detail) {
        var subject = "deployment:" + changed.key();
        swap(database.inTransaction(tx -> {
            deployments.keep(tx, changed, clock.instant());
            audit.append(
                    tx, new AuditEntry(clock.instant(), "hub", action, subject, Optional.empty(), Json.text(detail)));
            return read(tx);
        }));
    }

    private record Read(Catalogue catalogue, Optional<String> rulesManagedBy) {}

    private Read read(Handle db) {
        var kept = rules.find(db);
        return new Read(
                Catalogue.of(
                        byName(deployments.all(db), Deployment::key),
                        byName(aliases.all(db), Alias::name),
                        kept.rules()),
                kept.managedBy());
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        var map = new HashMap<String, T>();
        all.forEach(one -> map.put(name.apply(one), one));
        return map;
    }

    private void swap(Read read) {
        rulesManagedBy = read.rulesManagedBy();
        catalogue = read.catalogue();
        new ArrayList<>(listeners).forEach(listener -> listener.accept(read.catalogue()));
    }
}
