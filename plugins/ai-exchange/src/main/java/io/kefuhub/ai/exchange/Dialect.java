package io.kefuhub.ai.exchange;

import io.kefuhub.api.Http;
import io.kefuhub.api.ai.AiRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A provider's language: what questions look like, and what its answers mean. Immutable. */
public interface Dialect {
    /** How the events of a streamed answer follow each other. */
    enum Framing {
        /** Server-sent events. */
        EVENTS,
        /** One JSON document a line. */
        LINES
    }

    Framing framing();

    /** Puts a question into the provider's words. */
    Http.Request question(AiRequest request) throws UnfitException;

    /** Whether this event, no JSON as a rule, says that nothing more will come. */
    default boolean isLast(String event) {
        return false;
    }

    /** Whether this event says that nothing more will come. */
    default boolean isLast(JsonObject event) {
        return false;
    }

    /** Takes one event of a streamed answer; one that is not known is no matter. */
    void event(JsonObject event, AnswerSoFar answer);

    /** Takes an answer that came at once. */
    void whole(JsonObject body, AnswerSoFar answer);

    /** Returns what an event or body says went wrong; empty when it is no error. */
    Optional<JsonObject> error(JsonObject document);

    /**
     * Says what an error means, by its status and codes.
     *
     * @param status 200 when it came with, or in the middle of, an answer that had begun well
     * @param error as {@link #error} found it; empty when there was none
     */
    Trouble trouble(int status, JsonObject error);

    /** Returns how long an error asks to be left alone; zero when it does not say. */
    default Duration pause(JsonObject error) {
        return Duration.ZERO;
    }

    /** Returns the few words of an error that its provider wrote for developers; empty for none. */
    String message(JsonObject error);

    /** Asks which models there are. */
    Http.Request models();

    /** Reads the names of models, as an admin enters them. */
    List<String> names(JsonObject models);

    /** Whether two names stand for one model. */
    default boolean isSame(String listed, String entered) {
        return listed.equals(entered);
    }

    /** Returns how texts become vectors; empty when the provider does not offer that. */
    Optional<Embedder> embedder();

    /** How texts become vectors. */
    interface Embedder {
        /** The most texts that one call takes. */
        int batch();

        Http.Request question(String model, List<String> texts);

        /** Reads the vectors in the order of the texts; empty when they are not what was asked for. */
        Optional<Vectors> read(JsonObject body, int texts);
    }

    /** @param input tokens; empty when the provider does not say */
    record Vectors(List<float[]> values, Optional<Long> input) {}
}
