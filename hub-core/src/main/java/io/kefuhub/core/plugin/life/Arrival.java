package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.TrialMode;
import java.io.IOException;
import java.io.InputStream;

/**
 * A plugin file that came, or a kept version that is wanted again. Immutable.
 *
 * @param inFolder whether it lies in a folder that is looked at, and is to be known there
 */
record Arrival(Origin origin, String fileName, boolean inFolder, Content content, Wish wish) {
    /** Who wants what nobody asked for. */
    static final String HUB = "hub";

    /** Opened once. */
    interface Content {
        InputStream open() throws IOException;
    }

    /**
     * Who wants it, and how much.
     *
     * @param insists whether a person named this very version: then it serves though it is older than another or was set
     *     aside
     * @param allows whether who wants it agrees to what it asks for
     * @param begin how it begins
     */
    record Wish(String actor, boolean insists, boolean allows, Begin begin) {
        static Wish of(String actor) {
            return new Wish(actor, false, false, new Begin.Usual());
        }
    }

    /** How a version begins. */
    sealed interface Begin {
        /** As an admin has said of this plugin's new versions. */
        record Usual() implements Begin {}

        /** It serves at once. */
        record Serving() implements Begin {}

        /** It is tried beside what serves. */
        record OnTrial(TrialMode mode) implements Begin {}
    }

    static Arrival inFolder(Origin origin, String fileName, Content content, Wish wish) {
        return new Arrival(origin, fileName, true, content, wish);
    }

    static Arrival uploaded(String fileName, Content content, String actor) {
        return new Arrival(Origin.UPLOAD, fileName, false, content, new Wish(actor, true, false, new Begin.Usual()));
    }
}
