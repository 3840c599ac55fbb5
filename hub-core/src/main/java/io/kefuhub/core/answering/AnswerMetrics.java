package io.kefuhub.core.answering;

import io.kefuhub.core.conversation.TurnOutcome;
import io.kefuhub.core.telemetry.Metrics;
import java.util.Map;

/** Counts how turns ended. Never what was said. Safe for threads. */
public final class AnswerMetrics {
    private final Metrics.Counter turns;
    private final Metrics.Counter unanswered;
    private final Metrics.Counter dropped;
    private final Metrics.Counter heldBack;

    public AnswerMetrics(Metrics metrics) {
        turns = metrics.counter(
                "kefuhub_answers_total",
                "Turns of the bot by where the answer came from and how far down the ladder it was.",
                "source",
                "rung");
        unanswered = metrics.counter(
                "kefuhub_answers_refused_total", "Turns in which something kept a model from answering.", "why");
        dropped = metrics.counter(
                "kefuhub_answer_sentences_dropped_total", "Sentences of models left out for want of evidence.");
        heldBack = metrics.counter(
                "kefuhub_answer_held_back_total", "Times that less of a growing answer was shown than there was.");
    }

    void turned(TurnOutcome outcome, Map<String, String> remarks) {
        turns.add(1, outcome.source(), outcome.rung());
        if (!outcome.why().isEmpty()) unanswered.add(1, outcome.why());
        if (remarks.containsKey("dropped")) dropped.add(Long.parseLong(remarks.get("dropped")));
    }

    /** A filter held the end of a growing answer back. */
    public void heldBack() {
        heldBack.add(1);
    }
}
