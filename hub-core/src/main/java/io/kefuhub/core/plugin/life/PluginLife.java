package io.kefuhub.core.plugin.life;

import io.kefuhub.api.Language;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.PluginVersion;
import io.kefuhub.core.plugin.TakeBack;
import io.kefuhub.core.plugin.TrialMode;
import io.kefuhub.core.web.Words;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the plugins be what folders, admins and the database say, while the hub runs.
 *
 * <p>What is to be on lies in the database, so that a restart brings back exactly what was on; the folders only tell what
 * has changed. All changes are made by one thread, one after the other; asking for one is safe for threads.
 */
public final class PluginLife implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginLife.class);
    private static final String HUB = "hub";
    private static final int MOST_TRIES = 3;
    /** That is two minutes without one good answer. */
    private static final int MOST_RESTS = 4;

    private static final Words BY_HAND = new Words("An admin took it back.", "已由管理员撤回。");
    private static final Duration LONGEST_CHANGE = Duration.ofSeconds(60);

    private final LifeParts parts;
    private final Records records;
    private final PrivateCopies copies;
    private final Departures departures;
    private final Trials trials;
    private final Activator activator;
    private final PluginCards cards;
    private final Topic<PluginNews> news = new Topic<>("plugins");
    private final Map<UUID, Activation> underWay = new ConcurrentHashMap<>();
    private final List<HotFolder> folders = new ArrayList<>();
    private final List<HotFolder> builds = new ArrayList<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("plugin-life").daemon().factory());

    public PluginLife(LifeParts parts) {
        this.parts = parts;
        records = new Records(parts.database(), parts.audit(), parts.clock());
        copies = new PrivateCopies(parts.privateFolder());
        departures = new Departures(parts.collections(), _ -> tell());
        trials = new Trials(parts.contributions(), parts.instances(), parts.clock(), this::takenBack);
        activator = new Activator(parts, records, copies, departures, trials, this::progress);
        cards = new PluginCards(parts.contributions(), parts.instances(), records, trials);
    }

    /** Starts what was on, takes what came meanwhile, and looks at the folders from now on; returns when all that is done. */
    public void start() {
        now(() -> {
            copies.clear();
            restore();
            parts.instances().reconcile();
            var bundled = parts.bundled().map(PluginLife::jars).orElse(List.of());
            came(Origin.BUNDLED, bundled);
            for (var format : parts.formats()) watch(format);
            parts.build().ifPresent(folder -> follow(new BuildOutput(folder)));
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

    private void watch(PluginFormat format) throws IOException {
        if (Files.notExists(parts.folder())) Files.createDirectories(parts.folder());
        var folder = new HotFolder(parts.folder(), format.suffix(), new HotFolder.Listener() {
            @Override
            public void came(List<Path> files) {
                later(() -> PluginLife.this.came(Origin.FOLDER, files));
            }

            @Override
            public void left(List<Path> files) {
                later(() -> files.forEach(PluginLife.this::left));
            }
        });
        folders.add(folder);
        var there = folder.files();
        came(Origin.FOLDER, there);
        folder.start(there);
    }

    /** What a build makes serves at once, whatever its version; nothing is taken out while it is made anew. */
    private void follow(BuildOutput build) {
        LOG.info("What is built in {} is taken at once", build.folder());
        var folder = new HotFolder(build.folder(), ".jar", new HotFolder.Listener() {
            @Override
            public void came(List<Path> files) {
                later(() -> build.newest().filter(files::contains).ifPresent(PluginLife.this::built));
            }

            @Override
            public void left(List<Path> files) {}
        });
        builds.add(folder);
        var there = folder.files();
        build.newest().ifPresent(this::built);
        folder.start(there);
    }

    private void built(Path file) {
        var wish = new Arrival.Wish(HUB, false, false, new Arrival.Begin.Serving());
        take(new Arrival(Origin.UPLOAD, file.getFileName().toString(), false, () -> Files.newInputStream(file), wish));
    }

    private static List<Path> jars(Path folder) {
        try (var files = Files.newDirectoryStream(folder, "*.jar")) {
            var all = new ArrayList<Path>();
            files.forEach(all::add);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the bundled plugins cannot be read", e);
        }
    }

    // What was on

    private void restore() {
        for (var plugin : records.plugins()) {
            var died = plugin.trying().filter(sha256 -> isToBlame(plugin, sha256));
            died.ifPresent(sha256 -> quarantine(plugin.id(), sha256));
            var wanted = plugin.wanted().filter(sha256 -> !died.equals(Optional.of(sha256)));
            var candidates = new ArrayList<String>();
            wanted.ifPresent(candidates::add);
            if (plugin.wanted().isPresent()) {
                plugin.good()
                        .filter(sha256 -> !candidates.contains(sha256) && !died.equals(Optional.of(sha256)))
                        .ifPresent(candidates::add);
            }
            var serves = false;
            for (var sha256 : candidates) serves = serves || restore(sha256);
            var trial = plugin.candidate().filter(one -> !died.equals(Optional.of(one.sha256())));
            if (serves && trial.isPresent()) restore(trial.get());
        }
    }

    private void restore(WantedPlugin.Candidate trial) {
        var kept = records.version(trial.sha256()).orElseThrow();
        var wish = new Arrival.Wish(HUB, true, false, new Arrival.Begin.OnTrial(trial.mode()));
        var done = take(kept(kept, wish));
        if (!done.outcome().equals(Optional.of(Activation.Outcome.ON_TRIAL))) {
            trialEnded(kept, HUB, done.reason());
        }
    }

    /** A version that is new is to blame at once; one that has served before may have died with the hub by chance. */
    private static boolean isToBlame(WantedPlugin plugin, String sha256) {
        return !plugin.wanted().equals(Optional.of(sha256)) || plugin.tries() >= MOST_TRIES;
    }

    private boolean restore(String sha256) {
        var kept = records.version(sha256).orElseThrow();
        var arrival = kept(kept, new Arrival.Wish(HUB, true, false, new Arrival.Begin.Serving()));
        var format = format(kept.fileName()).orElseThrow();
        var done = activator.restore(format, kept, arrival, begin(kept.fileName(), HUB));
        underWay.remove(done.id());
        return done.outcome().equals(Optional.of(Activation.Outcome.SERVING));
    }

    private void quarantine(String plugin, String sha256) {
        var kept = records.version(sha256);
        var why = new Words(
                "The hub died while it started this version. It is set aside; the version before serves.",
                "启动该版本时服务崩溃，已将其隔离，由之前的版本继续服务。");
        var name = kept.map(KeptVersion::fileName).orElse("");
        LOG.error("Plugin {}: {}", plugin, why.en());
        records.setAside(Activation.begin(parts.ids().next(), name, HUB, records.now())
                .of(plugin, kept.map(KeptVersion::version).orElse(""), sha256)
                .ended(Activation.Outcome.QUARANTINED, Optional.of(why)));
    }

    private Arrival kept(KeptVersion kept, Arrival.Wish wish) {
        return new Arrival(
                kept.origin(),
                kept.fileName(),
                false,
                () -> new ByteArrayInputStream(records.content(kept.sha256()).orElseThrow()),
                wish);
    }

    /**
     * Something made of a version was given a rest; safe for threads. After too many in a row the version is set aside,
     * if one that served before it can take its place. A filter is never left out for that: without another version it
     * goes on as it is, and what its failure means is the admin's choice.
     */
    public void rested(PluginVersion version, String problem, int times) {
        if (times >= MOST_RESTS) later(() -> replaceFailing(version, problem));
    }

    private void replaceFailing(PluginVersion version, String problem) {
        var serving = Optional.ofNullable(activator.serving().get(version.id()))
                .map(LoadedVersion::kept)
                .filter(kept -> kept.sha256().equals(version.sha256()));
        if (serving.isEmpty()) return;
        var before = servedBefore(serving.get());
        if (before.isEmpty()) return;
        var why = new Words(
                "It failed again and again (" + problem + "). It is set aside; version "
                        + before.get().version() + " serves.",
                "它反复出错（" + problem + "），已将其隔离，由 " + before.get().version() + " 版继续服务。");
        LOG.error("Plugin {}: {}", version, why.en());
        if (bring(before.get(), HUB, false).outcome().equals(Optional.of(Activation.Outcome.SERVING))) {
            setAside(serving.get(), why);
        }
    }

    private Optional<KeptVersion> servedBefore(KeptVersion now) {
        return records.activations(now.plugin(), 100).stream()
                .filter(one -> one.outcome().equals(Optional.of(Activation.Outcome.SERVING)))
                .filter(one -> !one.sha256().equals(now.sha256()))
                .flatMap(one -> records.version(one.sha256()).stream())
                .filter(kept -> kept.setAside().isEmpty())
                .findFirst();
    }

    private void setAside(KeptVersion kept, Words why) {
        records.setAside(Activation.begin(parts.ids().next(), kept.fileName(), HUB, records.now())
                .of(kept.plugin(), kept.version(), kept.sha256())
                .ended(Activation.Outcome.QUARANTINED, Optional.of(why)));
        tell();
    }

    // Folders

    private void came(Origin origin, List<Path> files) {
        var seen = records.seen(origin);
        var arrivals = new ArrayList<Path>();
        for (var file : files) {
            var name = file.getFileName().toString();
            var before = seen.get(name);
            if (before == null || !before.sha256().equals(hash(file))) arrivals.add(file);
        }
        // So that of several versions of one plugin the newest comes last, and stays.
        arrivals.sort(Comparator.comparing(file -> file.getFileName().toString(), Versions.ORDER));
        // Who installed the hub has agreed to what comes with it.
        var wish = new Arrival.Wish(HUB, false, origin == Origin.BUNDLED, new Arrival.Begin.Usual());
        for (var file : arrivals) take(Arrival.inFolder(origin, file, wish));
    }

    private static String hash(Path file) {
        try (var content = Files.newInputStream(file)) {
            return PrivateCopies.hash(content);
        } catch (IOException e) {
            return "";
        }
    }

    private void left(Path file) {
        var name = file.getFileName().toString();
        var was = records.gone(Origin.FOLDER, name);
        tell();
        var plugin = was.flatMap(SeenFiles.Seen::plugin);
        if (plugin.isEmpty()) return;
        var serves = Optional.ofNullable(activator.serving().get(plugin.get()));
        var itsOwn = serves.filter(one -> one.kept().sha256().equals(was.get().sha256()));
        if (itsOwn.isEmpty()) return;
        // Another version of it may lie in the folder still, or have come with the hub.
        var next = another(plugin.get());
        if (next.isPresent()) bring(next.get(), HUB, false);
        else retireNow(plugin.get(), HUB);
    }

    private Optional<KeptVersion> another(String plugin) {
        var there = new LinkedHashMap<String, SeenFiles.Seen>();
        for (var origin : List.of(Origin.BUNDLED, Origin.FOLDER)) {
            records.seen(origin).forEach((name, seen) -> there.put(origin + "/" + name, seen));
        }
        return there.values().stream()
                .filter(seen -> seen.plugin().equals(Optional.of(plugin)))
                .flatMap(seen -> records.version(seen.sha256()).stream())
                .filter(kept -> kept.setAside().isEmpty())
                .max(Comparator.comparing(KeptVersion::version, Versions.ORDER));
    }

    // What people ask for

    /** Takes an uploaded file; returns how it ended. What it asks for must be allowed afterwards, by {@link #bring}. */
    public Activation upload(String fileName, byte[] content, String actor) {
        return now(() -> take(Arrival.uploaded(fileName, content, actor)));
    }

    /**
     * Has a version that is kept serve again, or at last; empty when there is none.
     *
     * @param allows whether the actor agrees to what it asks for
     */
    public Optional<Activation> bring(String plugin, String sha256, String actor, boolean allows) {
        return now(() -> records.version(sha256)
                .filter(kept -> kept.plugin().equals(plugin))
                .map(kept -> bring(kept, actor, allows)));
    }

    private Activation bring(KeptVersion kept, String actor, boolean allows) {
        return take(kept(kept, new Arrival.Wish(actor, true, allows, new Arrival.Begin.Serving())));
    }

    /** Has a version that is kept tried beside the one that serves; empty when there is none. */
    public Optional<Activation> tryOut(String plugin, String sha256, TrialMode mode, String actor) {
        return now(() -> records.version(sha256)
                .filter(kept -> kept.plugin().equals(plugin))
                .map(kept -> tryOut(kept, mode, actor)));
    }

    private Activation tryOut(KeptVersion kept, TrialMode mode, String actor) {
        var running = trials.running(kept.plugin())
                .filter(one -> one.version().kept().sha256().equals(kept.sha256()));
        if (running.isEmpty()) {
            return take(kept(kept, new Arrival.Wish(actor, true, false, new Arrival.Begin.OnTrial(mode))));
        }
        trials.change(kept.plugin(), mode);
        var done = Activation.begin(parts.ids().next(), kept.fileName(), actor, records.now())
                .of(kept.plugin(), kept.version(), kept.sha256())
                .ended(Activation.Outcome.ON_TRIAL, Optional.empty());
        records.onTrial(done, mode);
        tell();
        return done;
    }

    /** Takes a version on trial back; says whether there was one. */
    public boolean endTrial(String plugin, String actor) {
        return now(() -> {
            var kept = activator.endTrial(plugin, BY_HAND);
            kept.ifPresent(one -> trialEnded(one, actor, Optional.of(BY_HAND)));
            return kept.isPresent();
        });
    }

    /** A candidate is not believed any more; ends what was tried with it. */
    private void takenBack(TakeBack verdict) {
        later(() -> trials.plugin(verdict)
                .flatMap(plugin -> activator.endTrial(plugin, verdict.reason()))
                .ifPresent(kept -> trialEnded(kept, HUB, Optional.of(verdict.reason()))));
    }

    /** An instance has changed; what is tried beside it has the same settings. One thread only. */
    void follow(InstanceName name) {
        var owner = trials.owner(name);
        trials.follow(name)
                .ifPresent(why -> owner.flatMap(plugin -> activator.endTrial(plugin, why))
                        .ifPresent(kept -> trialEnded(kept, HUB, Optional.of(why))));
    }

    private void trialEnded(KeptVersion kept, String actor, Optional<Words> why) {
        records.takenBack(Activation.begin(parts.ids().next(), kept.fileName(), actor, records.now())
                .of(kept.plugin(), kept.version(), kept.sha256())
                .ended(Activation.Outcome.TAKEN_BACK, why));
        tell();
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
            var approved = records.approved(plugin);
            if (!more.grewSince(approved)) return false;
            records.approve(plugin, approved.and(more), actor);
            var asking = Optional.ofNullable(records.lastOutcomes().get(plugin))
                    .filter(last -> last.outcome().equals(Optional.of(Activation.Outcome.ASKING)));
            asking.flatMap(last -> records.version(last.sha256())).ifPresent(kept -> bring(kept, actor, false));
            return true;
        });
    }

    /** Takes a plugin out; says whether it was on. */
    public boolean retire(String plugin, String actor) {
        return now(() -> retireNow(plugin, actor));
    }

    private boolean retireNow(String plugin, String actor) {
        var before = Optional.ofNullable(activator.serving().get(plugin));
        if (!activator.retire(plugin)) return false;
        var kept = before.orElseThrow().kept();
        records.retired(Activation.begin(parts.ids().next(), kept.fileName(), actor, records.now())
                .of(plugin, kept.version(), kept.sha256())
                .ended(Activation.Outcome.RETIRED, Optional.empty()));
        LOG.info("Plugin {} is retired", plugin);
        tell();
        return true;
    }

    private Activation take(Arrival arrival) {
        var begun = begin(arrival.fileName(), arrival.wish().actor());
        var done = format(arrival.fileName())
                .map(format -> activator.activate(format, arrival, begun))
                .orElseGet(() -> begun.ended(
                        Activation.Outcome.REFUSED,
                        Optional.of(new Words("A plugin is a .jar file.", "插件应为 .jar 文件。"))));
        underWay.remove(done.id());
        tell();
        return done;
    }

    private Activation begin(String fileName, String actor) {
        var begun = Activation.begin(parts.ids().next(), fileName, actor, records.now());
        underWay.put(begun.id(), begun);
        return begun;
    }

    private Optional<PluginFormat> format(String fileName) {
        return parts.formats().stream()
                .filter(format -> fileName.endsWith(format.suffix()))
                .findFirst();
    }

    // What is told

    private void progress(Activation now) {
        underWay.computeIfPresent(now.id(), (_, _) -> now);
        news.publish(new PluginNews(Optional.of(now)));
    }

    void tell() {
        news.publish(new PluginNews(Optional.empty()));
    }

    /** All plugins, and what goes on with them now, for a reader of this language. */
    PluginsView view(Language language) {
        var serving = new HashMap<String, KeptVersion>();
        activator.serving().forEach((plugin, one) -> serving.put(plugin, one.kept()));
        var leaks = new HashMap<String, List<String>>();
        departures
                .leaked()
                .forEach(leak -> leaks.computeIfAbsent(leak.plugin(), _ -> new ArrayList<>())
                        .add(leak.toString()));
        return new PluginsView(
                cards.all(serving, leaks, language),
                underWay.values().stream()
                        .map(one -> ActivationCard.of(one, language))
                        .toList(),
                records.refusedFiles().stream()
                        .map(one -> ActivationCard.of(one, language))
                        .toList(),
                parts.folder().toString(),
                folders.stream().flatMap(folder -> folder.trouble().stream()).findFirst(),
                departures.pending());
    }

    List<Activation> activations(String plugin, int limit) {
        return records.activations(plugin, limit);
    }

    public Topic<PluginNews> news() {
        return news;
    }

    /** Runs a change of instances on the one thread that changes things, and waits for it. */
    public <T> T now(Callable<T> change) {
        Future<T> future = worker.submit(change);
        try {
            return future.get(LONGEST_CHANGE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("another change takes too long", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void later(Runnable change) {
        var _ = worker.submit(() -> {
            try {
                change.run();
            } catch (RuntimeException e) {
                LOG.error("A change of the plugin folder could not be followed", e);
            }
        });
    }

    @Override
    public void close() {
        folders.forEach(HotFolder::close);
        builds.forEach(HotFolder::close);
        worker.shutdown();
        try {
            worker.awaitTermination(LONGEST_CHANGE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        activator.close();
        departures.close();
        news.close();
    }
}
