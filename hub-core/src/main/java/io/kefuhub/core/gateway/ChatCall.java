package io.kefuhub.core.gateway;

import io.kefuhub.api.ai.AiRequest;
import java.util.List;
import java.util.Map;

/**
 * A chat completion as a program asked for it. Immutable.
 *
 * @param model an alias of the hub's
 * @param system what all messages of the roles system and developer say
 * @param withUsage whether the end of a stream tells what it used
 * @param options as in {@link AiRequest#options}
 */
record ChatCall(
        String model,
        String system,
        List<Said> messages,
        int maxTokens,
        double temperature,
        boolean stream,
        boolean withUsage,
        Map<String, String> options) {
    ChatCall {
        messages = List.copyOf(messages);
        options = Map.copyOf(options);
    }

    /**
     * One message.
     *
     * @param pictures as {@code data:} addresses
     */
    record Said(AiRequest.Role role, String text, List<String> pictures) {
        Said {
            pictures = List.copyOf(pictures);
        }
    }
}
