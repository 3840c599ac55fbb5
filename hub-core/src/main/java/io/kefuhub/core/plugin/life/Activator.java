package io.kefuhub.core.plugin.life;

import io.kefuhub.api.CheckResult;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.web.Words;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings versions of plugins to serve, one at a time: copied, judged, loaded, tried, and then swapped in by one write.
 * Whatever fails before the swap leaves everything as it was. One thread only; what is replaced is drained behind.
 */
final class Activator {
    private static final Logger LOG = LoggerFactory.getLogger(Activator.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Contributions contributions;
    private final Guard guard;
    private final Instances instances;
    private final Records records;
    private final PrivateCopies copies;
    private final Departures departures;
    private final Consumer<Activation> progress;
    /** Replaced with every change, so that anybody may look. */
    private volatile Map<String, Serving> serving = Map.of();

    /** A version that serves. */
    record Serving(LoadedPlugin loaded, PrivateCopies.Copy copy, KeptVersion kept) {}

    Activator(
            LifeParts parts,
            Records records,
            PrivateCopies copies,
            Departures departures,
            Consumer<Activation> progress) {
        this.contributions = parts.contributions();
        this.guard = parts.guard();
        this.instances = parts.instances();
        this.records = records;
        this.copies = copies;
        this.departures = departures;
        this.progress = progress;
    }

    Map<String, Serving> serving() {
        return serving;
    }

    /** Takes a file through all steps; returns how it ended, which the database knows by then. */
    Activation activate(PluginFormat format, Arrival arrival, Activation begun) {
        var run = new Run(format, arrival, begun);
        try {
            run.all();
        } catch (RefusedException e) {
            run.fail(e.words());
        } catch (IOException e) {
            run.fail(new Words("The file cannot be read: " + e.getMessage(), "无法读取该文件：" + e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("{} could not be activated", arrival.fileName(), e);
            run.fail(new Words("Something went wrong here; the log says more.", "服务器出错了，详情请看日志。"));
        }
        return run.now;
    }

    /** Starts a version that served when the hub last ended; returns how it ended. */
    Activation restore(PluginFormat format, KeptVersion kept, Arrival arrival, Activation begun) {
        var run = new Run(format, arrival, begun);
        try {
            run.again(kept);
        } catch (RefusedException e) {
            run.fail(e.words());
        } catch (IOException | RuntimeException e) {
            LOG.error("{} could not be started again", arrival.fileName(), e);
            run.fail(new Words("Something went wrong here; the log says more.", "服务器出错了，详情请看日志。"));
        }
        return run.now;
    }

    /** Takes a plugin out: no new call reaches it, those inside may end, then it is closed and unloaded. */
    boolean retire(String plugin) {
        var before = serving.get(plugin);
        if (before == null) return false;
        var change = instances.prepare(plugin, List.of(), List.of(), false);
        var olds = instances.swap(change, draft -> draft.remove(before.loaded().version()));
        var left = new HashMap<>(serving);
        left.remove(plugin);
        serving = Map.copyOf(left);
        drain(before, olds, () -> {});
        return true;
    }

    /** Ends everything; waits until it has ended. */
    void close() {
        instances.closeAll();
        for (var one : serving.values()) unload(one);
        serving = Map.of();
    }

    private void drain(Serving before, List<Instances.Old> olds, Runnable drained) {
        Thread.ofVirtual().name("drain-" + before.kept().plugin()).start(() -> {
            instances.drain(olds);
            unload(before);
            drained.run();
        });
    }

    private void unload(Serving one) {
        try {
            for (var offer : one.loaded().offers()) guard.close(offer, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        one.loaded().unload();
        one.copy().delete();
        departures.left(one.loaded().version());
        LOG.info("Plugin {} is unloaded", one.loaded().version());
    }

    /** One file on its way. */
    private final class Run {
        private final PluginFormat format;
        private final Arrival arrival;
        private Activation now;
        private long stepBegan = System.nanoTime();
        private Optional<PrivateCopies.Copy> copy = Optional.empty();
        private Optional<LoadedPlugin> loaded = Optional.empty();
        private Optional<Instances.Change> change = Optional.empty();

        Run(PluginFormat format, Arrival arrival, Activation begun) {
            this.format = format;
            this.arrival = arrival;
            this.now = begun;
        }

        void all() throws RefusedException, IOException {
            var mine = copy();
            var about = inspect(mine);
            records.see(
                    arrival.origin(),
                    arrival.fileName(),
                    new SeenFiles.Seen(mine.sha256(), Optional.of(about.plugin())));
            var isFirst = records.isUnknown(about.plugin());
            var kept = keep(about, mine);
            var before = Optional.ofNullable(serving.get(about.plugin()));
            if (before.isPresent() && before.get().kept().sha256().equals(mine.sha256())) {
                end(Activation.Outcome.UNCHANGED, Optional.empty());
                return;
            }
            if (!arrival.insists()) {
                kept.setAside().ifPresent(why -> LOG.info("{} was set aside: {}", about.plugin(), why));
                if (kept.setAside().isPresent()) throw new RefusedException(setAside());
                var older = before.filter(
                        one -> Versions.isOlder(about.version(), one.kept().version()));
                if (older.isPresent() && arrival.origin() == Origin.BUNDLED) {
                    end(Activation.Outcome.KEPT, Optional.empty());
                    return;
                }
            }
            var version = load(mine, about);
            about.cases().mustHold(guard, version.offers());
            took(Activation.Step.CASES);
            var firsts = isFirst ? instances.firsts(version.offers()) : List.<InstanceSpec>of();
            var next = instances.prepare(about.plugin(), version.offers(), firsts, true);
            change = Optional.of(next);
            mustNotLose(next);
            took(Activation.Step.MADE);
            // From here on this version comes back after a crash.
            records.serves(
                    now,
                    tx -> firsts.forEach(
                            spec -> instances.host(spec.kind()).orElseThrow().keep(tx, spec)));
            swap(version, next, new Serving(version, mine, kept), before);
        }

        /** What served before is known to be good: it is not judged again by what the outside says today. */
        void again(KeptVersion kept) throws RefusedException, IOException {
            var mine = copy();
            var about = inspect(mine);
            var version = load(mine, about);
            var next = instances.prepare(about.plugin(), version.offers(), List.of(), false);
            change = Optional.of(next);
            took(Activation.Step.MADE);
            records.tried(about.plugin());
            swap(version, next, new Serving(version, mine, kept), Optional.empty());
        }

        private PrivateCopies.Copy copy() throws IOException {
            try (var content = arrival.content().open()) {
                var mine = copies.take(content, format.suffix());
                copy = Optional.of(mine);
                now = now.of("", "", mine.sha256());
                took(Activation.Step.COPIED);
                return mine;
            }
        }

        private About inspect(PrivateCopies.Copy mine) throws RefusedException {
            var said = format.inspect(mine.path());
            var about = new About(said.plugin(), said.version(), mine.sha256(), said.cases());
            now = now.of(about.plugin(), about.version(), mine.sha256());
            took(Activation.Step.INSPECTED);
            return about;
        }

        private LoadedPlugin load(PrivateCopies.Copy mine, About about) throws RefusedException {
            records.trying(about.plugin(), mine.sha256());
            var version = format.load(mine.path(), about);
            loaded = Optional.of(version);
            took(Activation.Step.LOADED);
            mustNotClash(version);
            return version;
        }

        private KeptVersion keep(About about, PrivateCopies.Copy mine) throws IOException {
            var known = records.version(mine.sha256());
            if (known.isPresent()) return known.get();
            var kept = new KeptVersion(
                    mine.sha256(),
                    about.plugin(),
                    about.version(),
                    arrival.fileName(),
                    arrival.origin(),
                    Optional.empty(),
                    records.now());
            records.keep(kept, mine.bytes());
            return kept;
        }

        private void mustNotClash(LoadedPlugin version) throws RefusedException {
            for (var offer : version.offers()) {
                var there = contributions
                        .now()
                        .offer(offer.kind(), offer.description().id());
                if (there.isPresent() && !isOfSame(there.get(), version)) {
                    throw new RefusedException(
                            "It offers \"" + offer.description().id() + "\", and so does "
                                    + there.get().plugin() + ": take one of them out.",
                            "它提供的“" + offer.description().id() + "”已由 "
                                    + there.get().plugin() + " 提供：请先移除其中一个。");
                }
            }
        }

        private static boolean isOfSame(Offer<?> there, LoadedPlugin version) {
            return there.plugin().id().equals(version.version().id());
        }

        private static void mustNotLose(Instances.Change next) throws RefusedException {
            for (var loss : next.losses().entrySet()) {
                var problem =
                        loss.getValue().stream().map(Run::text).findFirst().orElse("");
                throw new RefusedException(
                        "\"" + loss.getKey().key() + "\" would not work with it: " + problem,
                        "“" + loss.getKey().key() + "”在新版本下无法工作：" + problem);
            }
        }

        private static String text(CheckResult.Problem problem) {
            return problem.setting().isEmpty() ? problem.text() : problem.setting() + ": " + problem.text();
        }

        private void swap(LoadedPlugin version, Instances.Change next, Serving mine, Optional<Serving> before) {
            var olds = instances.swap(next, draft -> {
                before.ifPresent(one -> draft.remove(one.loaded().version()));
                version.offers().forEach(draft::add);
            });
            var after = new HashMap<>(serving);
            after.put(version.version().id(), mine);
            serving = Map.copyOf(after);
            took(Activation.Step.SERVING);
            LOG.info("Plugin {} serves from {}: {}", version.version(), arrival.fileName(), version.offers());
            end(Activation.Outcome.SERVING, brokenOnes(next));
            before.ifPresent(one -> drain(one, olds, () -> {}));
        }

        /** It serves, though not everything that was to be made of it could be. */
        private static Optional<Words> brokenOnes(Instances.Change next) {
            if (next.broken().isEmpty()) return Optional.empty();
            var names = String.join(
                    ", ", next.broken().keySet().stream().map(InstanceName::key).toList());
            return Optional.of(new Words("Look at the settings of: " + names + ".", "请检查以下实例的设置：" + names + "。"));
        }

        private Words setAside() {
            return new Words(
                    "The hub died when it was last started, so it is set aside. If you have put it right, start it again by hand.",
                    "上次启动它时服务崩溃，因此已被隔离。确认无误后可手动重新启动。");
        }

        void fail(Words why) {
            change.ifPresent(Instances.Change::discard);
            loaded.ifPresent(one -> {
                one.unload();
                departures.left(one.version());
            });
            copy.ifPresent(PrivateCopies.Copy::delete);
            if (loaded.isPresent() || !now.plugin().isEmpty()) records.tried(now.plugin());
            if (now.plugin().isEmpty()) {
                records.see(arrival.origin(), arrival.fileName(), new SeenFiles.Seen(now.sha256(), Optional.empty()));
            }
            LOG.warn("Plugin file {} is refused: {}", arrival.fileName(), why.en());
            end(Activation.Outcome.REFUSED, Optional.of(why));
        }

        private void took(Activation.Step step) {
            var at = System.nanoTime();
            now = now.took(step, Duration.ofNanos(at - stepBegan));
            stepBegan = at;
            progress.accept(now);
        }

        private void end(Activation.Outcome how, Optional<Words> why) {
            now = now.ended(how, why);
            if (how == Activation.Outcome.UNCHANGED || how == Activation.Outcome.KEPT) {
                copy.ifPresent(PrivateCopies.Copy::delete);
            }
            if (how != Activation.Outcome.UNCHANGED) records.ended(now);
            progress.accept(now);
        }
    }
}
