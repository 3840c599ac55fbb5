package io.kefuhub.core.plugin;

import io.kefuhub.core.web.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A plugin file is not taken; the words say why and what to do, for an admin. It carries no stack trace because it is an
 * answer, not a defect.
 */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Words words;
    private final transient Optional<Refusal> refusal;
    private final transient List<PluginVersion> left;

    private RefusedException(Words words, Optional<Refusal> refusal, List<PluginVersion> left) {
        super(words.en(), null, false, false);
        this.words = words;
        this.refusal = refusal;
        this.left = new ArrayList<>(left);
    }

    /** Refuses a version whose code has run, and which was let go of again. */
    public static RefusedException afterItRan(PluginVersion version, Refusal refusal) {
        return new RefusedException(refusal.words(), Optional.of(refusal), List.of(version));
    }

    public RefusedException(Refusal refusal) {
        this(refusal.words(), Optional.of(refusal), List.of());
    }

    public RefusedException(Refusal.Why why, Object... values) {
        this(Refusal.of(why, values));
    }

    public RefusedException(Words words) {
        this(words, Optional.empty(), List.of());
    }

    public RefusedException(String en, String zh) {
        this(new Words(en, zh));
    }

    public Words words() {
        return words;
    }

    /** What was loaded for it and let go of again: it may have left something behind. Empty when none of its code has run. */
    public List<PluginVersion> left() {
        return List.copyOf(left);
    }

    /** Something else that was loaded for it was let go of. */
    public void alsoLeft(PluginVersion version) {
        left.add(version);
    }

    /** The reason in a form for programs, where it has one. */
    public Optional<Refusal> refusal() {
        return refusal;
    }
}
