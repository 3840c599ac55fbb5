package io.kefuhub.core.models;

import io.kefuhub.api.ai.AiRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A question to an alias. Immutable.
 *
 * @param alias the name of an ordered list of deployments
 * @param system what stands before the conversation; may be empty
 * @param messages oldest first, at least one, the last of the user
 * @param maxTokens of the answer
 * @param temperature from 0 to 2
 * @param stream whether pieces are wanted as they are made
 * @param options as in {@link AiRequest#options}; {@code json_schema} asks for JSON after that schema
 * @param firstText by when something must be there to show, all attempts and waits within
 * @param end by when the whole answer must be there
 */
public record ModelQuestion(
        String alias,
        Purpose purpose,
        Payer payer,
        String system,
        List<AiRequest.Turn> messages,
        int maxTokens,
        double temperature,
        boolean stream,
        Map<String, String> options,
        Duration firstText,
        Duration end) {
    public static final int USUAL_MAX_TOKENS = 512;
    public static final Duration USUAL_FIRST_TEXT = Duration.ofSeconds(25);
    public static final Duration USUAL_END = Duration.ofSeconds(60);

    public ModelQuestion {
        messages = List.copyOf(messages);
        options = Map.copyOf(options);
        if (messages.isEmpty() || maxTokens < 1) throw new IllegalArgumentException("nothing to ask");
    }

    /** The same with other words. */
    public ModelQuestion with(String words, List<AiRequest.Turn> said) {
        return new ModelQuestion(
                alias, purpose, payer, words, said, maxTokens, temperature, stream, options, firstText, end);
    }

    /** The same with an answer of at most so many tokens. */
    public ModelQuestion withMaxTokens(int most) {
        return new ModelQuestion(
                alias, purpose, payer, system, messages, most, temperature, stream, options, firstText, end);
    }

    /** A streamed question within the usual time, of the usual length. */
    public static ModelQuestion of(
            String alias, Purpose purpose, Payer payer, String system, List<AiRequest.Turn> messages) {
        return new ModelQuestion(
                alias,
                purpose,
                payer,
                system,
                messages,
                USUAL_MAX_TOKENS,
                0.2,
                true,
                Map.of(),
                USUAL_FIRST_TEXT,
                USUAL_END);
    }
}
