package io.kefuhub.core.plugin.life;

import io.kefuhub.core.web.Words;

/** A plugin file is not taken; the words say why and what to do, for an admin. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Words words;

    public RefusedException(Words words) {
        super(words.en());
        this.words = words;
    }

    public RefusedException(String en, String zh) {
        this(new Words(en, zh));
    }

    public Words words() {
        return words;
    }
}
