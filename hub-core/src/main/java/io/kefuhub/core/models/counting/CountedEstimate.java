package io.kefuhub.core.models.counting;

import io.kefuhub.api.ai.Usage;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.RoughEstimate;
import io.kefuhub.core.models.TokenEstimate;

/**
 * Counts tokens, and learns by what factor each model counts otherwise. A question never counts for less than {@link
 * RoughEstimate} makes of it. Safe for threads.
 *
 * <p>Texts are counted once and remembered: the same words to several deployments, and the history of a conversation in its
 * next turn, cost a look.
 */
public final class CountedEstimate implements TokenEstimate {
    private static final int PER_MESSAGE = 8;
    private static final int PER_PICTURE = 1_500;
    private static final double MARGIN = 1.15;

    private final RoughEstimate rough = new RoughEstimate();
    private final Tokens tokens;
    private final Factors factors;

    /** @param factors by the names of models */
    public CountedEstimate(Tokens tokens, Factors factors) {
        this.tokens = tokens;
        this.factors = factors;
    }

    @Override
    public long question(String model, ModelQuestion question) {
        var theirs = counted(question) * factors.of(model) + (double) pictures(question) * PER_PICTURE;
        return Math.max((long) Math.ceil(theirs * MARGIN), rough.question(model, question));
    }

    @Override
    public long text(String model, String text) {
        return (long) Math.ceil(tokens.count(text) * factors.of(model));
    }

    /** What a picture costs is no measure of how a model counts words. */
    @Override
    public void counted(String model, ModelQuestion question, Usage usage) {
        if (tokens.isReady() && pictures(question) == 0) factors.reported(model, counted(question), usage.input());
    }

    @Override
    public void tooLong(String model) {
        factors.tooLong(model);
    }

    private int counted(ModelQuestion question) {
        var all = tokens.count(question.system()) + PER_MESSAGE;
        for (var message : question.messages()) all += tokens.count(message.text()) + PER_MESSAGE;
        for (var option : question.options().values()) all += tokens.count(option);
        return all;
    }

    private static long pictures(ModelQuestion question) {
        return question.messages().stream()
                .mapToLong(message -> message.pictures().size())
                .sum();
    }
}
