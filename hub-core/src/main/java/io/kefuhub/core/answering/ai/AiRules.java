package io.kefuhub.core.answering.ai;

import io.kefuhub.core.answering.TurnTimes;
import io.kefuhub.core.answering.ai.context.PromptRules;
import io.kefuhub.core.answering.knowledge.SearchRules;
import io.kefuhub.core.rules.RuleValues;
import java.time.Duration;

/** What a turn of an assistant keeps to, from its beginning to its end. Immutable. */
public record AiRules(TurnTimes times, PromptRules prompt, SearchRules search) {
    /** What is left of a turn for whoever makes something of a model's answer. */
    private static final Duration AFTER_MODELS = Duration.ofSeconds(5);

    public static final AiRules USUAL = of(RuleValues.USUAL);

    public static AiRules of(RuleValues rules) {
        return new AiRules(TurnTimes.of(rules), PromptRules.of(rules), SearchRules.of(rules));
    }

    /** How long models may be asked within a turn. */
    Duration forModels() {
        return times.end().minus(AFTER_MODELS);
    }

    /** All that decides what a model is told. */
    String policy() {
        return prompt + "|" + search;
    }
}
