package io.kefuhub.core.plugin.life;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.PluginVersion;
import io.kefuhub.core.plugin.TrialMode;
import io.kefuhub.core.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What the database keeps of plugins: each method is one transaction, with its line in the audit. Safe for threads. */
final class Records {
    private static final int KEPT_VERSIONS = 20;

    private final Database database;
    private final AuditLog audit;
    private final InstantSource clock;
    private final PluginVersions versions = new PluginVersions();
    private final WantedPlugins plugins = new WantedPlugins();
    private final SeenFiles files = new SeenFiles();
    private final Activations activations = new Activations();

    Records(Database database, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    List<WantedPlugin> plugins() {
        return database.read(plugins::all);
    }

    Optional<WantedPlugin> plugin(String id) {
        return database.read(db -> plugins.find(db, id));
    }

    List<KeptVersion> versions() {
        return database.read(versions::all);
    }

    Optional<KeptVersion> version(String sha256) {
        return database.read(db -> versions.find(db, sha256));
    }

    Optional<byte[]> content(String sha256) {
        return database.read(db -> versions.content(db, sha256));
    }

    List<Activation> activations(String plugin, int limit) {
        return database.read(db -> activations.recent(db, plugin, limit));
    }

    /** How the last activation of each plugin ended. */
    Map<String, Activation> lastOutcomes() {
        return database.read(activations::lastOfEach);
    }

    /** Hashes of all versions that have ever served. */
    Set<String> served() {
        return database.read(activations::served);
    }

    /** Why files that lie in the folder are no version of any plugin. */
    List<Activation> refusedFiles() {
        return database.read(db -> {
            var there = files.unknown(db);
            return activations.recent(db, "", 200).stream()
                    .filter(one -> there.remove(one.fileName()))
                    .toList();
        });
    }

    Map<String, SeenFiles.Seen> seen(Origin folder) {
        return database.read(db -> files.all(db, folder));
    }

    /** A file of a folder was looked at, whatever became of it. */
    void see(Origin folder, String name, SeenFiles.Seen what) {
        database.useTransaction(tx -> files.see(tx, folder, name, what));
    }

    /** A file is not there any more; returns what it was. */
    Optional<SeenFiles.Seen> gone(Origin folder, String name) {
        return database.inTransaction(tx -> {
            var seen = Optional.ofNullable(files.all(tx, folder).get(name));
            files.gone(tx, folder, name);
            return seen;
        });
    }

    void keep(KeptVersion version, byte[] content) {
        database.useTransaction(tx -> versions.add(tx, version, content));
    }

    /** Committed before the first code of a version runs. */
    void trying(String plugin, String sha256) {
        database.useTransaction(tx -> plugins.trying(tx, plugin, sha256, now()));
    }

    /** The hub is alive after it tried, and the version does not serve. */
    void tried(String plugin) {
        database.useTransaction(tx -> plugins.tried(tx, plugin));
    }

    /** What an admin has agreed to for a plugin. */
    Permissions approved(String plugin) {
        return plugin(plugin).map(WantedPlugin::approved).orElse(Permissions.NONE);
    }

    /**
     * An admin agrees to what a plugin asks for.
     *
     * @param sha256 of the version that asks; empty when it was agreed to beforehand
     */
    void approve(String plugin, String sha256, Permissions permissions, String actor) {
        database.useTransaction(tx -> {
            plugins.approve(tx, plugin, permissions, now());
            audit(
                    tx,
                    actor,
                    "plugin.approved",
                    plugin,
                    Map.of("sha256", sha256, "asks", VersionProfile.Asked.of(permissions)));
        });
    }

    /** What is to be on, by plugin. */
    Map<String, WantedPlugin> wanted() {
        return plugins().stream().collect(Collectors.toMap(WantedPlugin::id, Function.identity()));
    }

    /** Whether any version of it has ever served. */
    boolean hasServed(String plugin) {
        return plugin(plugin).flatMap(WantedPlugin::good).isPresent();
    }

    /**
     * A version serves from now on, also after the next start.
     *
     * @param also written in the same transaction
     */
    void serves(Activation done, Consumer<Handle> also) {
        database.useTransaction(tx -> {
            also.accept(tx);
            plugins.serves(tx, done.plugin(), done.sha256(), now());
            versions.setAside(tx, done.sha256(), Optional.empty());
            versions.forget(tx, done.plugin(), KEPT_VERSIONS);
            audit(tx, done, "plugin.activated");
        });
    }

    /** What a version offers is known now; while it is off, that says whose an instance is. */
    void offers(String sha256, List<VersionProfile.Offered> offers) {
        database.useTransaction(tx -> versions.find(tx, sha256)
                .map(KeptVersion::profile)
                .filter(profile -> !profile.offers().equals(Optional.of(offers)))
                .ifPresent(profile -> versions.about(tx, sha256, profile.offering(offers))));
    }

    /** A version is tried beside the one that serves, also after the next start. */
    void onTrial(Activation done, TrialMode mode) {
        database.useTransaction(tx -> {
            plugins.onTrial(tx, done.plugin(), done.sha256(), mode, now());
            audit(tx, done, "plugin.tried", Map.of("trial", TrialTerms.of(mode)));
        });
    }

    /** A trial ended without its version coming to serve. */
    void takenBack(Activation done) {
        database.useTransaction(tx -> {
            plugins.endTrial(tx, done.plugin(), now());
            activations.add(tx, done);
            audit(tx, done, "plugin.taken_back");
        });
    }

    /** Says how new versions of a plugin begin; returns whether there is such a plugin. */
    boolean arrivals(String plugin, Optional<TrialMode> mode, String actor) {
        return database.inTransaction(tx -> {
            if (!plugins.arrivals(tx, plugin, mode, now())) return false;
            var serves = plugins.find(tx, plugin).flatMap(WantedPlugin::wanted).orElse("");
            var begin = mode.map(TrialTerms::write).orElse("serve");
            audit(tx, actor, "plugin.arrivals", plugin, Map.of("arrivals", begin, "sha256", serves));
            return true;
        });
    }

    Optional<TrialMode> arrivals(String plugin) {
        return plugin(plugin).flatMap(WantedPlugin::arrivals);
    }

    void retired(Activation done) {
        database.useTransaction(tx -> {
            plugins.retire(tx, done.plugin(), now());
            activations.add(tx, done);
            audit(tx, done, "plugin.retired");
        });
    }

    /** A version must not be started again by itself. */
    void setAside(Activation done) {
        database.useTransaction(tx -> {
            plugins.tried(tx, done.plugin());
            versions.setAside(tx, done.sha256(), done.reason());
            activations.add(tx, done);
            audit(tx, done, "plugin.quarantined");
        });
    }

    /** Forgets a plugin and its versions; how they came and went stays in the audit. */
    void forgetPlugin(String plugin, List<KeptVersion> of, List<InstanceSpec> left, String actor) {
        database.useTransaction(tx -> {
            plugins.forget(tx, plugin);
            of.forEach(kept -> forget(tx, kept));
            auditForgotten(tx, "plugin.forgotten", plugin, of, left, actor);
        });
    }

    /** Forgets a version, and its plugin with the last one. */
    void forgetVersion(KeptVersion kept, List<InstanceSpec> left, String actor) {
        database.useTransaction(tx -> {
            plugins.forgetVersion(tx, kept.sha256());
            forget(tx, kept);
            if (versions.all(tx).stream().noneMatch(one -> one.plugin().equals(kept.plugin()))) {
                plugins.forget(tx, kept.plugin());
            }
            auditForgotten(tx, "plugin.version_forgotten", kept.plugin(), List.of(kept), left, actor);
        });
    }

    private void forget(Handle tx, KeptVersion kept) {
        versions.forget(tx, kept.sha256());
        // What came with the hub stays known, so that it does not come again by itself.
        files.forget(tx, Origin.FOLDER, kept.sha256());
    }

    private void auditForgotten(
            Handle tx, String action, String plugin, List<KeptVersion> of, List<InstanceSpec> left, String actor) {
        var versionsGone = of.stream()
                .map(kept -> Map.of("version", kept.version(), "sha256", kept.sha256(), "file", kept.fileName()))
                .toList();
        var keeps = left.stream().map(InstanceSpec::key).sorted().toList();
        audit(tx, actor, action, plugin, Map.of("versions", versionsGone, "keepsSettingsOf", keeps));
    }

    /** Keeps how it ended; what came to serve or on trial has its line in the audit from the moment it was decided. */
    void ended(Activation done) {
        database.useTransaction(tx -> {
            activations.add(tx, done);
            switch (done.outcome().orElseThrow()) {
                case REFUSED -> audit(tx, done, "plugin.refused");
                case ASKING -> audit(tx, done, "plugin.asking");
                case KEPT -> audit(tx, done, "plugin.kept");
                case SERVING, ON_TRIAL, UNCHANGED, TAKEN_BACK, QUARANTINED, RETIRED -> {}
            }
        });
    }

    /** A version that was on when the hub last ended serves again. */
    void restored(Activation done) {
        database.useTransaction(tx -> {
            plugins.tried(tx, done.plugin());
            audit(tx, done, "plugin.restored");
        });
    }

    /** The version that an activation replaced is closed and unloaded. */
    void drained(UUID activation, Duration took) {
        database.useTransaction(
                tx -> activations.took(tx, activation, new Activation.Taken(Activation.Step.DRAINED, took)));
    }

    /** All code of a version was let go of. */
    void unloaded(PluginVersion version) {
        database.useTransaction(tx -> audit(
                tx,
                Arrival.HUB,
                "plugin.unloaded",
                version.id(),
                Map.of("version", version.version(), "sha256", version.sha256())));
    }

    /** A version that was unloaded is still in memory. */
    void leaked(Departures.Leak leak) {
        database.useTransaction(tx -> audit(tx, Arrival.HUB, "plugin.leaked", leak.plugin(), detail(leak)));
    }

    /** An admin had the way looked for to what is still in memory. */
    void traced(String plugin, List<Departures.Leak> leaks, String actor) {
        var told = leaks.stream().map(Records::detail).toList();
        database.useTransaction(tx -> audit(tx, actor, "plugin.leaks_traced", plugin, Map.of("leaks", told)));
    }

    private static Map<String, Object> detail(Departures.Leak leak) {
        return Map.of("version", leak.version(), "sha256", leak.sha256(), "holders", leak.holders());
    }

    private void audit(Handle tx, String actor, String action, String plugin, Map<String, ?> detail) {
        audit.append(tx, new AuditEntry(now(), actor, action, "plugin:" + plugin, Optional.empty(), Json.text(detail)));
    }

    private void audit(Handle tx, Activation done, String action) {
        audit(tx, done, action, Map.of());
    }

    private void audit(Handle tx, Activation done, String action, Map<String, Object> more) {
        var detail = new LinkedHashMap<String, Object>(more);
        detail.put("version", done.version());
        detail.put("sha256", done.sha256());
        detail.put("file", done.fileName());
        done.reason().ifPresent(words -> detail.put("reason", words.en()));
        if (!done.steps().isEmpty()) detail.put("ms", millis(done));
        var subject = done.plugin().isEmpty() ? "file:" + done.fileName() : "plugin:" + done.plugin();
        audit.append(tx, new AuditEntry(now(), done.actor(), action, subject, Optional.empty(), Json.text(detail)));
    }

    private static Map<String, Long> millis(Activation done) {
        var millis = new LinkedHashMap<String, Long>();
        done.steps()
                .forEach(taken -> millis.put(
                        taken.step().name().toLowerCase(Locale.ROOT),
                        taken.took().toMillis()));
        return millis;
    }
}
