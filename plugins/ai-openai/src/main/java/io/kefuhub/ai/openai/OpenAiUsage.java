package io.kefuhub.ai.openai;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.ai.Usage;
import java.util.Optional;

/** Where services that speak chat completions put what they count. */
final class OpenAiUsage {
    private OpenAiUsage() {}

    /** Reads the usage that a chunk or body carries; any chunk may, and some put it beside the text. */
    static Optional<Usage> of(JsonObject event) {
        return event.object("usage")
                .or(() -> event.objects("choices").stream()
                        .flatMap(choice -> choice.object("usage").stream())
                        .findFirst())
                .filter(usage -> usage.number("prompt_tokens").isPresent()
                        || usage.number("completion_tokens").isPresent())
                .map(OpenAiUsage::counted);
    }

    private static Usage counted(JsonObject usage) {
        var cached = usage.object("prompt_tokens_details")
                .flatMap(details -> details.number("cached_tokens"))
                .or(() -> usage.number("prompt_cache_hit_tokens"))
                .or(() -> usage.number("cached_tokens"))
                .orElse(0L);
        var reasoning = usage.object("completion_tokens_details")
                .flatMap(details -> details.number("reasoning_tokens"))
                .orElse(0L);
        return new Usage(
                true, usage.number("prompt_tokens", 0), cached, usage.number("completion_tokens", 0), reasoning);
    }
}
