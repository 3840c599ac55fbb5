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

    private RefusedException(Words words, Optional<Refusal> refusal) {
        super(words.en(), null, false, false);
        this.words = words;
        this.refusal = refusal;
    }

    public RefusedException(Refusal refusal) {
        this(refusal.words(), Optional.of(refusal));
    }

    public RefusedException(Refusal.Why why, Object... values) {
        this(Refusal.of(why, values));
    }

    public RefusedException(Words words) {
        this(words, Optional.empty());
    }

    public RefusedException(String en, String zh) {
        this(new Words(en, zh));
    }

    public Words words() {
        return words;
    }

    /** The reason in a form for programs, where it has one. */
    public Optional<Refusal> refusal() {
        return refusal;
    }
}
