package io.kefuhub.core.answering;

import java.time.Duration;

/**
 * How long a customer waits before what. Counted from the beginning of the turn, where nothing else is said. Immutable.
 *
 * @param fragment how long more is waited for when what was said seems unfinished, before a model is asked
 * @param typing when it is shown that an answer is being made
 * @param renewed how often that is shown anew
 * @param interim when a line is said, where nothing of the answer is shown by then; early enough for a platform to show it
 *     within four seconds of the question
 * @param offers when entries are offered that may be meant, where nothing is shown by then
 * @param firstText by when there must be words of an answer, or a person is called
 * @param end by when it must be there
 * @param leave how long a responder is waited for after it was told to end
 */
public record TurnTimes(
        Duration fragment,
        Duration typing,
        Duration renewed,
        Duration interim,
        Duration offers,
        Duration firstText,
        Duration end,
        Duration leave) {
    /** Clients of the web chat let a sign of typing fade after 6 seconds. */
    public static final TurnTimes USUAL = new TurnTimes(
            Duration.ofMillis(1_500),
            Duration.ofMillis(800),
            Duration.ofMillis(4_800),
            Duration.ofMillis(2_500),
            Duration.ofSeconds(12),
            Duration.ofSeconds(25),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2));
}
