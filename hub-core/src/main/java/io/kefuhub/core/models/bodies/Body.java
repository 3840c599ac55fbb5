package io.kefuhub.core.models.bodies;

import io.kefuhub.api.ai.AiRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What left for a model and what came back. Immutable.
 *
 * @param answer as it came: what filters put out of sight is not back in it
 */
record Body(
        String model,
        String system,
        List<Said> messages,
        int maxTokens,
        double temperature,
        Map<String, String> options,
        String answer) {

    /** @param pictures how many were shown with it; they are not kept here */
    record Said(String role, String text, int pictures) {}

    static Body of(AiRequest request, String answer) {
        var messages = request.messages().stream()
                .map(turn -> new Said(
                        turn.role().name().toLowerCase(Locale.ROOT),
                        turn.text(),
                        turn.pictures().size()))
                .toList();
        return new Body(
                request.model(),
                request.system(),
                messages,
                request.maxTokens(),
                request.temperature(),
                request.options(),
                answer);
    }
}
