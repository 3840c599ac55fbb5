package io.kefuhub.core.web;

import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.api.web.WebRequest;
import java.util.Optional;

/** Knows who answers a web socket. Safe for threads. */
public interface SocketDoor {
    /** Returns whoever answers sockets on a path; empty when nobody does. */
    Optional<Door> open(String path);

    /** Whoever answers sockets on one path. */
    interface Door {
        /** What follows the part of the path that says whose it is. */
        String rest();

        Upgrade upgrade(WebRequest request);

        /** Returns what the hub calls for a socket that may open. */
        SocketHandler held(Upgrade.Opened opened);
    }
}
