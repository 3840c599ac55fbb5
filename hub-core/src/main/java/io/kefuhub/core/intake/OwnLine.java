package io.kefuhub.core.intake;

import io.kefuhub.api.Localized;

/** What a channel says of the connection that it keeps by itself. Safe for threads. */
public interface OwnLine {
    void isUp();

    /**
     * @param setting the one that is wrong; empty where none is
     * @param reason for an admin
     */
    void isRefused(String setting, Localized reason);
}
