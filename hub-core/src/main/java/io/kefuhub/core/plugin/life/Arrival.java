package io.kefuhub.core.plugin.life;

import java.io.IOException;
import java.io.InputStream;

/**
 * A plugin file that came, or a kept version that is wanted again. Immutable.
 *
 * @param actor who wants it
 * @param insists whether a person named this very version: then it serves though it is older than another or was set aside
 */
record Arrival(Origin origin, String fileName, Content content, String actor, boolean insists) {
    /** Opened once. */
    interface Content {
        InputStream open() throws IOException;
    }
}
