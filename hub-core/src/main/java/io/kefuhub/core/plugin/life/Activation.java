package io.kefuhub.core.plugin.life;

import io.kefuhub.core.web.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How one version of a plugin came to serve, or why it did not. Immutable.
 *
 * @param plugin empty while nobody knows what the file is
 * @param actor who wanted it, such as {@code hub} or {@code person:<id>}
 * @param steps that were taken, in order
 * @param outcome empty while it goes on
 * @param reason why it did not come to serve, or what is to be known though it did
 */
public record Activation(
        UUID id,
        String plugin,
        String version,
        String sha256,
        String fileName,
        String actor,
        Instant began,
        List<Taken> steps,
        Optional<Outcome> outcome,
        Optional<Words> reason) {
    public Activation {
        steps = List.copyOf(steps);
    }

    /** What is done one after the other. */
    public enum Step {
        /** Copied to where nobody else changes it. */
        COPIED,
        /** Read and judged, without running any of it. */
        INSPECTED,
        /** Loaded, in a class loader of its own. */
        LOADED,
        /** Its golden cases hold. */
        CASES,
        /** A module has come up to speed; a jar needs no such step. */
        WARMED,
        /** The next generation of its instances is made and checked. */
        MADE,
        /** Every call goes to it. */
        SERVING,
        /** The generation before is closed and unloaded. */
        DRAINED
    }

    /** A step that was taken. */
    public record Taken(Step step, Duration took) {}

    /** What became of it. */
    public enum Outcome {
        SERVING,
        /** It is the same as what serves. */
        UNCHANGED,
        /** It is kept, a newer one serves. */
        KEPT,
        REFUSED,
        /** An admin must agree first. */
        ASKING,
        /** It is tried beside what serves. */
        ON_TRIAL,
        /** It served for a part or in the shadow and was taken back. */
        TAKEN_BACK,
        /** The hub died of it. */
        QUARANTINED,
        RETIRED
    }

    static Activation begin(UUID id, String fileName, String actor, Instant now) {
        return new Activation(id, "", "", "", fileName, actor, now, List.of(), Optional.empty(), Optional.empty());
    }

    Activation of(String knownPlugin, String knownVersion, String hash) {
        return new Activation(id, knownPlugin, knownVersion, hash, fileName, actor, began, steps, outcome, reason);
    }

    Activation took(Step step, Duration time) {
        var all = new ArrayList<>(steps);
        all.add(new Taken(step, time));
        return new Activation(id, plugin, version, sha256, fileName, actor, began, all, outcome, reason);
    }

    Activation ended(Outcome how, Optional<Words> why) {
        return new Activation(
                id, plugin, version, sha256, fileName, actor, began, steps, Optional.of(how), why.or(() -> reason));
    }
}
