package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.plugin.Asked;

/** What happens to a question on its way, told to the one thread that decides. */
sealed interface News {
    record Piece(Attempt from, String text) implements News {}

    record Thought(Attempt from, String text) implements News {}

    record Counted(Attempt from, Usage usage) implements News {}

    record Ended(Attempt from, Asked<AiReply> asked) implements News {}

    /** Nobody wants the answer any more. */
    record CalledOff() implements News {}
}
