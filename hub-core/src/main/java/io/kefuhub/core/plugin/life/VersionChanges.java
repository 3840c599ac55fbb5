package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.PluginVersion;
import io.kefuhub.core.plugin.TakeBack;
import io.kefuhub.core.plugin.TrialMode;
import io.kefuhub.core.web.Words;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has versions of plugins serve, be tried, be set aside and leave, and keeps a record of it. One thread only. */
final class VersionChanges {
    private static final Logger LOG = LoggerFactory.getLogger(VersionChanges.class);
    private static final Words OTHER_FILE = new Words("A plugin is a file that ends with %s.", "插件文件应以 %s 结尾。");
    private static final Words BY_HAND = new Words("An admin took it back.", "已由管理员撤回。");

    private final Formats formats;
    private final Records records;
    private final Activator activator;
    private final Trials trials;
    private final UnderWay underWay;

    VersionChanges(Formats formats, Records records, Activator activator, Trials trials, UnderWay underWay) {
        this.formats = formats;
        this.records = records;
        this.activator = activator;
        this.trials = trials;
        this.underWay = underWay;
    }

    /** Takes a file; returns how it ended. */
    Activation take(Arrival arrival) {
        var begun = underWay.begin(arrival.fileName(), arrival.wish().actor());
        var done = formats.of(arrival.fileName())
                .map(format -> activator.activate(format, arrival, begun))
                .orElseGet(() ->
                        begun.ended(Activation.Outcome.REFUSED, Optional.of(OTHER_FILE.with(formats.suffixes()))));
        underWay.ended(done);
        return done;
    }

    /** Starts a version that served when the hub last ended; says whether it serves. */
    boolean restore(KeptVersion kept) {
        var arrival = again(kept, new Arrival.Wish(Arrival.HUB, true, false, new Arrival.Begin.Serving()));
        var begun = underWay.begin(kept.fileName(), Arrival.HUB);
        var done = activator.restore(formats.of(kept.fileName()).orElseThrow(), kept, arrival, begun);
        underWay.ended(done);
        return done.outcome().equals(Optional.of(Activation.Outcome.SERVING));
    }

    private Arrival again(KeptVersion kept, Arrival.Wish wish) {
        return new Arrival(
                kept.origin(),
                kept.fileName(),
                false,
                () -> new ByteArrayInputStream(records.content(kept.sha256()).orElseThrow()),
                wish);
    }

    /** Has a version that is kept serve. */
    Activation bring(KeptVersion kept, String actor, boolean allows) {
        return take(again(kept, new Arrival.Wish(actor, true, allows, new Arrival.Begin.Serving())));
    }

    /** Takes a plugin out; says whether it was on. */
    boolean retire(String plugin, String actor) {
        var before = Optional.ofNullable(activator.serving().get(plugin));
        if (!activator.retire(plugin)) return false;
        records.retired(
                underWay.at(before.orElseThrow().kept(), actor).ended(Activation.Outcome.RETIRED, Optional.empty()));
        LOG.info("Plugin {} is retired", plugin);
        underWay.tell();
        return true;
    }

    /** Agrees to what a plugin may ask for, besides what was agreed to, and starts a version that waits for it. */
    void allow(String plugin, Permissions more, String actor) {
        var approved = records.approved(plugin);
        if (!more.grewSince(approved)) return;
        var asks = Optional.ofNullable(records.lastOutcomes().get(plugin))
                .filter(last -> last.outcome().equals(Optional.of(Activation.Outcome.ASKING)))
                .flatMap(last -> records.version(last.sha256()));
        records.approve(plugin, asks.map(KeptVersion::sha256).orElse(""), approved.and(more), actor);
        asks.ifPresent(kept -> bring(kept, actor, false));
    }

    // Trials

    /** Has a version that is kept tried, or puts its trial under other terms. */
    Activation tryOut(KeptVersion kept, TrialMode mode, String actor) {
        var running = trials.running(kept.plugin())
                .filter(one -> one.version().kept().sha256().equals(kept.sha256()));
        if (running.isEmpty()) {
            return take(again(kept, new Arrival.Wish(actor, true, false, new Arrival.Begin.OnTrial(mode))));
        }
        trials.change(kept.plugin(), mode);
        var done = underWay.at(kept, actor).ended(Activation.Outcome.ON_TRIAL, Optional.empty());
        records.onTrial(done, mode);
        underWay.tell();
        return done;
    }

    /** Tries a version that was on trial when the hub last ended. */
    void restoreTrial(KeptVersion kept, TrialMode mode) {
        var done = tryOut(kept, mode, Arrival.HUB);
        if (!done.outcome().equals(Optional.of(Activation.Outcome.ON_TRIAL))) {
            takenBack(kept, Arrival.HUB, done.reason());
        }
    }

    /** Takes a version on trial back; says whether there was one. */
    boolean endTrial(String plugin, String actor) {
        return endTrial(plugin, actor, BY_HAND);
    }

    private boolean endTrial(String plugin, String actor, Words why) {
        var kept = activator.endTrial(plugin, why);
        kept.ifPresent(one -> takenBack(one, actor, Optional.of(why)));
        return kept.isPresent();
    }

    /** A candidate is not believed any more; ends what was tried with it. */
    void end(TakeBack verdict) {
        trials.plugin(verdict).ifPresent(plugin -> endTrial(plugin, Arrival.HUB, verdict.reason()));
    }

    /** An instance has changed; what is tried beside it gets the same settings. */
    void follow(InstanceName name) {
        var owner = trials.owner(name);
        trials.follow(name).ifPresent(why -> owner.ifPresent(plugin -> endTrial(plugin, Arrival.HUB, why)));
    }

    private void takenBack(KeptVersion kept, String actor, Optional<Words> why) {
        records.takenBack(underWay.at(kept, actor).ended(Activation.Outcome.TAKEN_BACK, why));
        underWay.tell();
    }

    // Setting aside

    /**
     * Sets a version aside that fails again and again, when one that served before it can take its place. A filter is
     * never left out for that: without another version it goes on as it is, and what its failure means is the admin's
     * choice.
     */
    void replaceFailing(PluginVersion version, String problem) {
        var serving = Optional.ofNullable(activator.serving().get(version.id()))
                .map(LoadedVersion::kept)
                .filter(kept -> kept.sha256().equals(version.sha256()));
        var before = serving.flatMap(this::servedBefore);
        if (before.isEmpty()) return;
        var its = before.get().version();
        var why = new Words(
                "It failed again and again (" + problem + "). It is set aside; version " + its + " serves.",
                "它反复出错（" + problem + "），已将其隔离，由 " + its + " 版继续服务。");
        LOG.error("Plugin {}: {}", version, why.en());
        if (bring(before.get(), Arrival.HUB, false).outcome().equals(Optional.of(Activation.Outcome.SERVING))) {
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

    /** A version must not be started again by itself. */
    void setAside(KeptVersion kept, Words why) {
        records.setAside(underWay.at(kept, Arrival.HUB).ended(Activation.Outcome.QUARANTINED, Optional.of(why)));
        underWay.tell();
    }
}
