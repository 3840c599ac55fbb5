package io.kefuhub.core.models.screening;

import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Used;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Models that are told nothing a filter has not seen, whoever asks: what filters put out of sight does not leave, and is
 * back in the answer. Safe for threads.
 */
public final class ScreenedModels implements ModelGateway {
    private final ModelGateway models;
    private final Screening screening;
    private final BiConsumer<ModelQuestion, ModelOutcome> refused;

    /** @param refused told of what no model was asked */
    public ScreenedModels(ModelGateway models, Screening screening, BiConsumer<ModelQuestion, ModelOutcome> refused) {
        this.models = models;
        this.screening = screening;
        this.refused = refused;
    }

    @Override
    public ModelOutcome ask(ModelQuestion question, AiSink sink, Cancel cancel) {
        return switch (screening.screened(question.payer(), texts(question))) {
            case Screening.Screened.AsItIs() -> models.ask(question, sink, cancel);
            case Screening.Screened.Refused(var why) -> {
                var outcome = new ModelOutcome.NotAnswered(ModelOutcome.Why.FILTERED, why, Used.NOTHING);
                refused.accept(question, outcome);
                yield outcome;
            }
            case Screening.Screened.Rewritten(var texts, var placeholders) -> {
                var leaving = with(question, texts);
                yield placeholders
                        .map(hidden -> restored(leaving, hidden, sink, cancel))
                        .orElseGet(() -> models.ask(leaving, sink, cancel));
            }
        };
    }

    @Override
    public boolean hides(Payer payer, String text) {
        return switch (screening.screened(payer, List.of(text))) {
            case Screening.Screened.AsItIs() -> false;
            case Screening.Screened.Refused _ -> true;
            case Screening.Screened.Rewritten(var _, var placeholders) -> placeholders.isPresent();
        };
    }

    private ModelOutcome restored(ModelQuestion leaving, Placeholders hidden, AiSink sink, Cancel cancel) {
        var pieces = new Restoring(sink, hidden);
        return switch (models.ask(leaving, pieces, cancel)) {
            case ModelOutcome.Answered(var text, var finish, var used) -> {
                pieces.end();
                yield new ModelOutcome.Answered(Restoring.restored(text, hidden), finish, used);
            }
            case ModelOutcome.Partial(var text, var used) ->
                new ModelOutcome.Partial(Restoring.told(text, hidden), used);
            case ModelOutcome.Cancelled(var text, var used) ->
                new ModelOutcome.Cancelled(Restoring.told(text, hidden), used);
            case ModelOutcome.Withheld withheld -> withheld;
            case ModelOutcome.TooLong tooLong -> tooLong;
            case ModelOutcome.NotAnswered none -> none;
        };
    }

    /** What the system says, then every message. */
    private static List<String> texts(ModelQuestion question) {
        var texts = new ArrayList<String>(question.messages().size() + 1);
        texts.add(question.system());
        for (var message : question.messages()) texts.add(message.text());
        return texts;
    }

    private static ModelQuestion with(ModelQuestion question, List<String> texts) {
        var messages = new ArrayList<AiRequest.Turn>(question.messages().size());
        for (var message : question.messages()) {
            messages.add(new AiRequest.Turn(message.role(), texts.get(messages.size() + 1), message.pictures()));
        }
        return question.with(texts.getFirst(), messages);
    }
}
