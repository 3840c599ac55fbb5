package io.kefuhub.core.plugin.cases;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.respond.Turn;

/** One example: what is given and what is expected. Immutable. */
sealed interface GoldenCase {
    String name();

    Answer.Expected expect();

    record OfFilter(String name, Stage stage, Message message, Facts facts, Answer.Expected expect)
            implements GoldenCase {}

    record OfResponder(String name, Turn turn, Answer.Expected expect) implements GoldenCase {}
}
