package io.kefuhub.core.plugin.life;

import io.kefuhub.core.web.Words;

/** What became of the wish that the hub forget something for good. */
public sealed interface Forgotten {
    /** It is gone: its files, its kept versions, what the hub knew of it. */
    record Gone() implements Forgotten {}

    /** There is no such thing. */
    record Unknown() implements Forgotten {}

    /** Nothing has changed. */
    record Refused(Words why) implements Forgotten {}
}
