package io.kefuhub.core.plugin.life;

import io.kefuhub.api.Language;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.PluginVersion;
import io.kefuhub.core.plugin.TakeBack;
import io.kefuhub.core.plugin.TrialMode;
import io.kefuhub.core.web.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Has the plugins be what folders, admins and the database say, while the hub runs.
 *
 * <p>What is to be on lies in the database, so that a restart brings back exactly what was on; the folders only tell what
 * has changed. All changes are made by one thread, one after the other; asking for one is safe for threads.
 */
public final class PluginLife implements AutoCloseable {
    /** That is two minutes without one good answer. */
    private static final int MOST_RESTS = 4;

    private static final Words NOT_NOW = new Words(
            "It is being looked for already, or more than 1 GB of memory is in use, or the disk is too full for a copy of it.",
            "正在查找中，或内存占用超过 1 GB，或磁盘空间不足以保存内存副本。");

    private final LifeParts parts;
    private final Records records;
    private final PrivateCopies copies;
    private final HeapDumps heap;
    private final Departures departures;
    private final Activator activator;
    private final Formats formats;
    private final VersionChanges changes;
    private final PluginFolders folders;
    private final Forgetting forgetting;
    private final PluginCards cards;
    private final UnderWay underWay;
    private final LifeThread thread = new LifeThread();

    public PluginLife(LifeParts parts) {
        this.parts = parts;
        records = new Records(parts.database(), parts.audit(), parts.clock());
        copies = new PrivateCopies(parts.privateFolder());
        underWay = new UnderWay(parts.ids(), parts.clock());
        heap = new HeapDumps(parts.privateFolder());
        departures = new Departures(parts.collections(), parts.clock(), leak -> {
            records.leaked(leak);
            underWay.tell();
        });
        var trials = new Trials(parts.contributions(), parts.instances(), parts.clock(), this::takenBack);
        var unloading = new Unloading(parts.guard(), parts.instances(), departures, records, underWay::tell);
        activator = new Activator(parts, records, copies, unloading, trials, underWay::progress);
        formats = new Formats(parts.formats());
        changes = new VersionChanges(formats, records, activator, trials, underWay);
        folders = new PluginFolders(formats, records, activator, changes, underWay, thread);
        forgetting = new Forgetting(parts, formats, records, activator, trials, changes);
        cards = new PluginCards(parts.contributions(), parts.instances(), records, trials);
    }

    /** Starts what was on, takes what came meanwhile, and looks at the folders from now on; returns when all that is done. */
    public void start() {
        now(() -> {
            copies.clear();
            new Restoring(records, changes).all();
            parts.instances().reconcile();
            parts.bundled().ifPresent(folders::bundled);
            for (var format : parts.formats()) folders.watch(format, parts.folder());
            parts.build().ifPresent(folder -> folders.follow(new BuildOutput(folder)));
            return true;
        });
    }

    /** Makes all instances be as they are kept; returns when they are. */
    public void reconcile() {
        now(() -> {
            parts.instances().reconcile();
            tell();
            return true;
        });
    }

    // What people ask for

    /** Takes an uploaded file; returns how it ended. What it asks for must be allowed afterwards, by {@link #bring}. */
    public Activation upload(String fileName, byte[] content, String actor) {
        return now(() -> changes.take(Arrival.uploaded(fileName, () -> formats.open(fileName, content), actor)));
    }

    /**
     * Has a version that is kept serve again, or at last; empty when there is none.
     *
     * @param allows whether the actor agrees to what it asks for
     */
    public Optional<Activation> bring(String plugin, String sha256, String actor, boolean allows) {
        return now(() -> version(plugin, sha256).map(kept -> changes.bring(kept, actor, allows)));
    }

    /** Has a version that is kept tried beside the one that serves; empty when there is none. */
    public Optional<Activation> tryOut(String plugin, String sha256, TrialMode mode, String actor) {
        return now(() -> version(plugin, sha256).map(kept -> changes.tryOut(kept, mode, actor)));
    }

    private Optional<KeptVersion> version(String plugin, String sha256) {
        return records.version(sha256).filter(kept -> kept.plugin().equals(plugin));
    }

    /** Takes a version on trial back; says whether there was one. */
    public boolean endTrial(String plugin, String actor) {
        return now(() -> changes.endTrial(plugin, actor));
    }

    /**
     * Says how new versions of a plugin begin; returns whether there is such a plugin.
     *
     * @param mode how they are tried first; empty to let them serve at once
     */
    public boolean arrivals(String plugin, Optional<TrialMode> mode, String actor) {
        var known = records.arrivals(plugin, mode, actor);
        tell();
        return known;
    }

    /** Agrees to what a plugin may ask for, in addition to what was agreed to; a version that waits for it is started. */
    public void allow(String plugin, Permissions more, String actor) {
        now(() -> {
            changes.allow(plugin, more, actor);
            return true;
        });
    }

    /** Takes a plugin out; says whether it was on. */
    public boolean retire(String plugin, String actor) {
        return now(() -> changes.retire(plugin, actor));
    }

    /** Removes a plugin for good, unless something is made of it. */
    public Forgotten forget(String plugin, String actor) {
        return now(() -> told(forgetting.plugin(plugin, actor)));
    }

    /** Removes a version for good, unless it serves or is tried. */
    public Forgotten forget(String plugin, String sha256, String actor) {
        return now(() -> told(forgetting.version(plugin, sha256, actor)));
    }

    /**
     * Looks for the way on which versions of a plugin are reached that should be gone. The whole hub stands still while its
     * heap is written, for some tenths of a second for each 100 MB in use; on any thread.
     */
    public Traced trace(String plugin, String actor) {
        if (departures.leaked(plugin) == 0) return new Traced.NoLeak();
        var leaks = departures.trace(plugin, heap);
        if (leaks.isEmpty()) return new Traced.Refused(NOT_NOW);
        records.traced(plugin, leaks.get(), actor);
        tell();
        return new Traced.Told(StayedVersion.of(leaks.get()));
    }

    private Forgotten told(Forgotten answer) {
        tell();
        return answer;
    }

    // What happens by itself

    /** Something made of a version was given a rest, for the so manyth time in a row. Must not wait, and does not. */
    public void rested(PluginVersion version, String problem, int times) {
        if (times >= MOST_RESTS) thread.later(() -> changes.replaceFailing(version, problem));
    }

    private void takenBack(TakeBack verdict) {
        thread.later(() -> changes.end(verdict));
    }

    /** An instance has changed; what is tried beside it has the same settings. Called by the life's one thread. */
    void follow(InstanceName name) {
        changes.follow(name);
    }

    // What is told

    void tell() {
        underWay.tell();
    }

    /** All plugins, and what goes on with them now, for a reader of this language. */
    PluginsView view(Language language) {
        var serving = new HashMap<String, KeptVersion>();
        activator.serving().forEach((plugin, one) -> serving.put(plugin, one.kept()));
        return new PluginsView(
                cards.all(serving, plugin -> StayedVersion.of(departures.leaks(plugin)), language),
                cards(underWay.all(), language),
                cards(records.refusedFiles(), language),
                parts.folder().toString(),
                folders.trouble().map(words -> words.in(language)),
                departures.pending());
    }

    private static List<ActivationCard> cards(List<Activation> activations, Language language) {
        return activations.stream().map(one -> ActivationCard.of(one, language)).toList();
    }

    List<Activation> activations(String plugin, int limit) {
        return records.activations(plugin, limit);
    }

    public Topic<PluginNews> news() {
        return underWay.news();
    }

    /** Runs a change of instances on the one thread that changes things, and waits for it. */
    public <T> T now(Callable<T> change) {
        return thread.now(change);
    }

    @Override
    public void close() {
        folders.close();
        thread.close();
        activator.close();
        departures.close();
        underWay.close();
    }
}
