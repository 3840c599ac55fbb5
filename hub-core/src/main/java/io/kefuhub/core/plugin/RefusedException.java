package io.kefuhub.core.plugin;

import io.kefuhub.core.web.Words;
import java.util.Optional;

/**
 * A plugin file is not taken; the words say why and what to do, for an admin. It carries no stack trace because it is an
 * answer, not a defect.
 */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Words words;
    private final transient Optional<Refusal> refusal;
    private final transient Optional<PluginVersion> ran;

    private RefusedException(Words words, Optional<Refusal> refusal, Optional<PluginVersion> ran) {
        super(words.en(), null, false, false);
        this.words = words;
        this.refusal = refusal;
        this.ran = ran;
    }

    /** Refuses a version whose code has run, and which was let go of again. */
    public static RefusedException afterItRan(PluginVersion version, Refusal refusal) {
        return new RefusedException(refusal.words(), Optional.of(refusal), Optional.of(version));
    }

    public RefusedException(Refusal refusal) {
        this(refusal.words(), Optional.of(refusal), Optional.empty());
    }

    public RefusedException(Refusal.Why why, Object... values) {
        this(Refusal.of(why, values));
    }

    public RefusedException(Words words) {
        this(words, Optional.empty(), Optional.empty());
    }

    public RefusedException(String en, String zh) {
        this(new Words(en, zh));
    }

    public Words words() {
        return words;
    }

    /** The version whose code has run before it was refused: it may have left something behind. */
    public Optional<PluginVersion> ran() {
        return ran;
    }

    /** The reason in a form for programs, where it has one. */
    public Optional<Refusal> refusal() {
        return refusal;
    }
}
