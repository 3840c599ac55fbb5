package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.TrialMode;
import io.kefuhub.core.web.Words;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings versions of plugins to serve, one at a time: copied, judged, loaded, tried, and then swapped in by one write.
 * Whatever fails before the swap leaves everything as it was. One thread only; what is replaced is drained behind.
 */
final class Activator {
    private static final Logger LOG = LoggerFactory.getLogger(Activator.class);
    private static final Set<Activation.Outcome> IN_MEMORY =
            Set.of(Activation.Outcome.SERVING, Activation.Outcome.ON_TRIAL);
    private static final int MOST_LEAKS = 3;
    private static final Words LEAKS = new Words(
            "Three versions of it that were unloaded are still in memory. Start this one by hand, or the hub anew.",
            "它已有三个卸载后仍占用内存的版本。请手动启动该版本，或重启服务。");
    private static final Words REPLACED =
            new Words("Another version took its place, or that of the one beside it.", "已由其他版本取代。");
    private static final Words NOTHING_TO_TRY = new Words(
            "Nothing of it can be tried: only filters and responders that serve can be compared.",
            "没有可以试用的内容：只有正在使用的过滤器和应答器可以对比。");
    private static final Words ASKS =
            new Words("It asks to be allowed something. Look at it, and allow it.", "它申请了新的权限，请查看后决定是否允许。");

    private final Contributions contributions;
    private final Guard guard;
    private final Instances instances;
    private final Records records;
    private final PrivateCopies copies;
    private final Unloading unloading;
    private final Trials trials;
    private final Consumer<Activation> progress;
    /** Replaced with every change, so that anybody may look. */
    private volatile Map<String, LoadedVersion> serving = Map.of();

    Activator(
            LifeParts parts,
            Records records,
            PrivateCopies copies,
            Unloading unloading,
            Trials trials,
            Consumer<Activation> progress) {
        this.contributions = parts.contributions();
        this.guard = parts.guard();
        this.instances = parts.instances();
        this.records = records;
        this.copies = copies;
        this.trials = trials;
        this.unloading = unloading;
        this.progress = progress;
    }

    Map<String, LoadedVersion> serving() {
        return serving;
    }

    /** Takes a file through all steps; returns how it ended, which the database knows by then. */
    Activation activate(PluginFormat format, Arrival arrival, Activation begun) {
        var run = new Run(format, arrival, begun);
        try {
            run.all();
        } catch (RefusedException e) {
            unloading.left(e.left());
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
            unloading.left(e.left());
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
        endTrial(plugin, REPLACED);
        var change = instances.prepare(plugin, List.of(), List.of(), false);
        var olds = instances.swap(change, draft -> draft.remove(before.plugin().version()));
        var left = new HashMap<>(serving);
        left.remove(plugin);
        serving = Map.copyOf(left);
        unloading.drain(before, olds, () -> {});
        return true;
    }

    /** Takes a version on trial out; says which it was. */
    Optional<KeptVersion> endTrial(String plugin, Words why) {
        var ended = trials.end(plugin, why);
        ended.ifPresent(one -> unloading.drain(one.version(), one.candidates().olds(), () -> {}));
        return ended.map(one -> one.version().kept());
    }

    /** Ends everything; waits until it has ended. */
    void close() {
        for (var one : trials.endAll(REPLACED)) {
            instances.drain(one.candidates().olds());
            unloading.unload(one.version());
        }
        instances.closeAll();
        serving.values().forEach(unloading::unload);
        serving = Map.of();
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
        private Optional<Candidates> candidates = Optional.empty();

        Run(PluginFormat format, Arrival arrival, Activation begun) {
            this.format = format;
            this.arrival = arrival;
            this.now = begun;
        }

        void all() throws RefusedException, IOException {
            var mine = copy();
            var about = inspect(mine);
            mustBeOfItsKind(about);
            see(new SeenFiles.Seen(mine.sha256(), Optional.of(about.plugin())));
            var isFirst = !records.hasServed(about.plugin());
            var kept = keep(about, mine);
            var before = Optional.ofNullable(serving.get(about.plugin()));
            if (before.isPresent() && before.get().kept().sha256().equals(mine.sha256())) {
                end(Activation.Outcome.UNCHANGED, Optional.empty());
                return;
            }
            if (arrival.wish().allows() && about.permissions().grewSince(records.approved(about.plugin()))) {
                records.approve(
                        about.plugin(),
                        mine.sha256(),
                        about.permissions(),
                        arrival.wish().actor());
            }
            if (!arrival.wish().insists()) {
                kept.setAside().ifPresent(why -> LOG.info("{} was set aside: {}", about.plugin(), why));
                if (kept.setAside().isPresent()) throw new RefusedException(setAside());
                var older = before.filter(
                        one -> Versions.isOlder(about.version(), one.kept().version()));
                if (older.isPresent() && arrival.origin() == Origin.BUNDLED) {
                    end(Activation.Outcome.KEPT, Optional.empty());
                    return;
                }
            }
            if (!arrival.wish().insists() && unloading.leaked(about.plugin()) >= MOST_LEAKS) {
                end(Activation.Outcome.ASKING, Optional.of(LEAKS));
                return;
            }
            if (about.permissions().grewSince(records.approved(about.plugin()))) {
                end(Activation.Outcome.ASKING, Optional.of(ASKS));
                return;
            }
            var version = load(mine, about);
            if (before.isPresent()) version.makesReady();
            about.cases().mustHold(guard, version.offers());
            took(Activation.Step.CASES);
            if (version.warm()) took(Activation.Step.WARMED);
            var mode = trialMode(about.plugin());
            if (mode.isPresent() && before.isPresent()) {
                tryOut(new LoadedVersion(version, mine, kept), mode.get());
                return;
            }
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
            swap(version, next, new LoadedVersion(version, mine, kept), before);
        }

        private Optional<TrialMode> trialMode(String plugin) {
            return switch (arrival.wish().begin()) {
                case Arrival.Begin.Usual() -> records.arrivals(plugin);
                case Arrival.Begin.Serving() -> Optional.empty();
                case Arrival.Begin.OnTrial(var mode) -> Optional.of(mode);
            };
        }

        private void tryOut(LoadedVersion version, TrialMode mode) throws RefusedException {
            var plugin = version.kept().plugin();
            endTrial(plugin, REPLACED);
            var made = new Candidates(instances, version.plugin().offers());
            candidates = Optional.of(made);
            if (made.problem().isPresent())
                throw new RefusedException(made.problem().get());
            if (made.slots().isEmpty()) throw new RefusedException(NOTHING_TO_TRY);
            version.plugin().serves();
            took(Activation.Step.MADE);
            records.onTrial(now, mode);
            trials.begin(new Trials.OnTrial(version, mode, made));
            LOG.info("Plugin {} is on trial: {}", version.plugin().version(), mode);
            end(Activation.Outcome.ON_TRIAL, Optional.empty());
        }

        /** What served before is known to be good: it is not judged again by what the outside says today. */
        void again(KeptVersion kept) throws RefusedException, IOException {
            var mine = copy();
            var about = inspect(mine);
            var version = load(mine, about);
            var next = instances.prepare(about.plugin(), version.offers(), List.of(), false);
            change = Optional.of(next);
            took(Activation.Step.MADE);
            records.restored(now);
            swap(version, next, new LoadedVersion(version, mine, kept), Optional.empty());
            version.warmLater();
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
            var about = format.inspect(mine.path(), mine.sha256(), arrival.origin());
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
            records.offers(
                    mine.sha256(),
                    version.offers().stream().map(VersionProfile.Offered::of).toList());
            return version;
        }

        private void see(SeenFiles.Seen what) {
            if (arrival.inFolder()) records.see(arrival.origin(), arrival.fileName(), what);
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
                    about.profile(),
                    records.now());
            records.keep(kept, mine.bytes());
            return kept;
        }

        /** A name belongs to one kind of file: a module must not take the place of a jar, nor the other way round. */
        private void mustBeOfItsKind(About about) throws RefusedException {
            for (var kept : records.versions()) {
                var isOther = !kept.fileName().endsWith(format.suffix());
                if (isOther && kept.plugin().equals(about.plugin())) {
                    throw new RefusedException(Why.OTHER_KIND_OF_FILE, about.plugin(), kept.fileName());
                }
            }
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
                var problem = loss.getValue().stream()
                        .map(one -> Words.of(SettingProblem.sentence(one)))
                        .findFirst()
                        .orElse(new Words("", ""));
                throw new RefusedException(
                        "\"" + loss.getKey().key() + "\" would not work with it: " + problem.en(),
                        "“" + loss.getKey().key() + "”在新版本下无法工作：" + problem.zh());
            }
        }

        /** Trials end with the version they are compared to. */
        private void swap(
                LoadedPlugin version, Instances.Change next, LoadedVersion mine, Optional<LoadedVersion> before) {
            version.serves();
            endTrial(version.version().id(), REPLACED);
            var olds = instances.swap(next, draft -> {
                before.ifPresent(one -> draft.remove(one.plugin().version()));
                version.offers().forEach(draft::add);
            });
            var after = new HashMap<>(serving);
            after.put(version.version().id(), mine);
            serving = Map.copyOf(after);
            took(Activation.Step.SERVING);
            LOG.info("Plugin {} serves from {}: {}", version.version(), arrival.fileName(), version.offers());
            end(Activation.Outcome.SERVING, brokenOnes(next));
            var began = System.nanoTime();
            before.ifPresent(one -> unloading.drain(
                    one, olds, () -> records.drained(now.id(), Duration.ofNanos(System.nanoTime() - began))));
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
            candidates.ifPresent(made -> instances.drain(made.olds()));
            loaded.ifPresent(one -> unloading.left(one.unload()));
            copy.ifPresent(PrivateCopies.Copy::delete);
            if (loaded.isPresent() || !now.plugin().isEmpty()) records.tried(now.plugin());
            if (now.plugin().isEmpty()) see(new SeenFiles.Seen(now.sha256(), Optional.empty()));
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
            if (!IN_MEMORY.contains(how) && how != Activation.Outcome.REFUSED) {
                copy.ifPresent(PrivateCopies.Copy::delete);
            }
            if (how != Activation.Outcome.UNCHANGED) records.ended(now);
            progress.accept(now);
        }
    }
}
