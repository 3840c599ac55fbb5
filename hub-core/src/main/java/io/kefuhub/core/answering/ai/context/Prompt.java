package io.kefuhub.core.answering.ai.context;

import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.core.answering.ai.Passage;
import java.util.List;

/**
 * What a model is sent. Immutable.
 *
 * @param tokens as we count them; zero where so little is sent that nobody counted
 * @param estimate the most tokens it is for the model, within the budget it was made for
 * @param passages those that are in it, numbered from 1
 * @param exchanges how many turns are in it
 */
public record Prompt(
        String system, List<AiRequest.Turn> messages, int tokens, int estimate, List<Passage> passages, int exchanges) {
    public Prompt {
        messages = List.copyOf(messages);
        passages = List.copyOf(passages);
    }
}
