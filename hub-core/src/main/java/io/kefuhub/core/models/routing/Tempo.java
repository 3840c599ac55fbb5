package io.kefuhub.core.models.routing;

import java.time.Duration;

/**
 * How fast questions are given up, repeated and tried again. Immutable.
 *
 * @param firstContent of a call, until the first piece of text
 * @param firstContentReasoning the same for models that think first
 * @param reasoning the same while pieces of its thinking come
 * @param gap between two pieces
 * @param whole a whole stream
 * @param plain a call that is not streamed
 * @param backoff the first pause before a call is repeated at the same deployment, which doubles
 * @param longestBackoff such a pause at most
 * @param longestWait the longest pause of a provider's that is waited for
 * @param line how long one waits for a place
 * @param holdBack how long text is held back before it is shown and nobody else can answer any more
 * @param holdBackCharacters as many at most are held back
 * @param farewell how long a call that was ended may take to end
 */
public record Tempo(
        Duration firstContent,
        Duration firstContentReasoning,
        Duration reasoning,
        Duration gap,
        Duration whole,
        Duration plain,
        Duration backoff,
        Duration longestBackoff,
        Duration longestWait,
        Duration line,
        Duration holdBack,
        int holdBackCharacters,
        Duration farewell,
        Rest rest) {
    /**
     * When a deployment rests.
     *
     * @param window over which its calls are looked at
     * @param calls so many at least; so many that fail in a row are enough by themselves
     * @param slow the first piece of text later than this counts as slow
     * @param open how long it rests at first, which doubles
     * @param longestOpen at most
     * @param look how often its provider is asked for nothing meanwhile, whether it is there again
     */
    public record Rest(Duration window, int calls, Duration slow, Duration open, Duration longestOpen, Duration look) {
        public static final Rest USUAL = new Rest(
                Duration.ofSeconds(60),
                10,
                Duration.ofSeconds(8),
                Duration.ofSeconds(15),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10));
    }

    public static final Tempo USUAL = new Tempo(
            Duration.ofSeconds(6),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(45),
            Duration.ofSeconds(30),
            Duration.ofMillis(200),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(300),
            24,
            Duration.ofMillis(500),
            Rest.USUAL);

    public Tempo with(Rest changed) {
        return new Tempo(
                firstContent,
                firstContentReasoning,
                reasoning,
                gap,
                whole,
                plain,
                backoff,
                longestBackoff,
                longestWait,
                line,
                holdBack,
                holdBackCharacters,
                farewell,
                changed);
    }
}
