package io.kefuhub.core.answering;

import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.delivery.Drafts;
import io.kefuhub.core.delivery.Replies;
import io.kefuhub.core.delivery.Signs;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.translation.Interpreter;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * What turns are taken with. Safe for threads.
 *
 * @param candidates what may be meant by a question
 * @param times as they are for a turn that begins now
 */
public record TurnParts(
        FilterChain filters,
        Interpreter interpreter,
        Responders responders,
        Replies replies,
        Drafts drafts,
        Signs signs,
        Customers customers,
        Histories histories,
        Candidates candidates,
        Sentences sentences,
        Supplier<TurnTimes> times,
        AnswerMetrics metrics,
        InstantSource clock) {

    /** Finds what may be meant by a question, to be offered beside the wait. */
    @FunctionalInterface
    public interface Candidates {
        List<Part.Menu.Option> of(Turn turn);
    }

    /** Judges what is to be said in answer to what was heard. */
    Filtered filterOut(Conversation conversation, Heard heard, List<Part> parts) {
        var facts = customers.facts(conversation, heard.language());
        return Heard.about(conversation, heard.last())
                .of(() -> filters.apply(conversation.id(), new Message(parts), facts, Stage.BOT_OUT));
    }
}
