package io.kefuhub.api.ai;

import io.kefuhub.api.StoredFile;
import java.util.List;
import java.util.Map;

/**
 * One question to a model. Immutable.
 *
 * @param model the provider's name for it
 * @param system what stands before the conversation; may be empty
 * @param messages oldest first, at least one, the last of the user
 * @param maxTokens of the answer; always sent
 * @param temperature from 0 to 2
 * @param stream whether pieces are wanted as they are made
 * @param options further fields of the provider's own, by name, as JSON text; {@code json_schema} is understood by every
 *     provider: the answer is to be JSON after that schema
 */
public record AiRequest(
        String model,
        String system,
        List<Turn> messages,
        int maxTokens,
        double temperature,
        boolean stream,
        Map<String, String> options) {
    public AiRequest {
        messages = List.copyOf(messages);
        options = Map.copyOf(options);
        if (messages.isEmpty() || maxTokens < 1) throw new IllegalArgumentException("nothing to ask");
    }

    /** Who said it, from the model's point of view. */
    public enum Role {
        USER,
        ASSISTANT
    }

    /**
     * @param pictures shown with the text, where the model takes them
     */
    public record Turn(Role role, String text, List<StoredFile> pictures) {
        public Turn {
            pictures = List.copyOf(pictures);
        }
    }
}
