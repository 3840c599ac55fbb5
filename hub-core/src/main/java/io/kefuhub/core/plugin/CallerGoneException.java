package io.kefuhub.core.plugin;

import java.io.IOException;

/** Whoever was sent something has gone. */
public final class CallerGoneException extends IOException {
    private static final long serialVersionUID = 1;

    public CallerGoneException(IOException cause) {
        super("the caller has gone", cause);
    }
}
