package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.web.Problem;
import java.util.Optional;

/**
 * A question that somebody who keeps knowledge tries, as callers write it.
 *
 * @param audience whom it is asked as; everything is looked at where it is left out
 * @param channel where it is asked; everywhere where it is left out
 */
public record TriedQuestion(
        String question, Optional<String> desk, Optional<String> audience, Optional<String> channel) {
    private static final int LIMIT = 1_000;

    public TriedQuestion {
        question = question.strip();
        if (question.isEmpty() || question.length() > LIMIT) {
            throw Problem.invalid("question", "1 to " + LIMIT + " characters.", "1 至 " + LIMIT + " 个字符。");
        }
    }

    public Asker asker() {
        return new Asker(
                EntryLanguage.written(question),
                audience.map(EntryBody::audience)
                        .filter(one -> one != Audience.ALL)
                        .map(one -> one == Audience.SIGNED_IN),
                channel.map(String::strip).filter(key -> !key.isEmpty()));
    }
}
