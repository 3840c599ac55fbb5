package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Models;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import java.util.List;

/** Models as an instance of a plugin asks them: paid for by whoever's turn it is. Safe for threads. */
public final class PluginModels implements Models {
    /** Tokens of a translation, which is as long as what is translated. */
    private static final int TRANSLATED = 3_000;

    private final ModelGateway gateway;
    private final Purpose purpose;
    private final String instance;

    /** @param instance who asks, where it is nobody's turn */
    public PluginModels(ModelGateway gateway, Purpose purpose, String instance) {
        this.gateway = gateway;
        this.purpose = purpose;
        this.instance = instance;
    }

    @Override
    public ModelAnswer ask(String alias, String system, List<AiRequest.Turn> messages, AiSink sink, Cancel cancel) {
        if (messages.isEmpty()) return new ModelAnswer.Unavailable("nothing was asked");
        var usual = ModelQuestion.of(alias, purpose, payer(), system, messages);
        var question = purpose == Purpose.TRANSLATION ? usual.withMaxTokens(TRANSLATED) : usual;
        return switch (gateway.ask(question, sink, cancel)) {
            case ModelOutcome.Answered(var text, var _, var used) -> new ModelAnswer.Answered(text, used.model());
            case ModelOutcome.Partial _ -> new ModelAnswer.Unavailable("the answer broke off");
            case ModelOutcome.Withheld _ -> new ModelAnswer.Unavailable("the provider withheld the answer");
            case ModelOutcome.TooLong _ -> new ModelAnswer.Unavailable("the question is too long");
            case ModelOutcome.Cancelled _ -> new ModelAnswer.Unavailable("it was called off");
            case ModelOutcome.NotAnswered(var why, var detail, var _, var _) ->
                new ModelAnswer.Unavailable(words(why) + (detail.isEmpty() ? "" : ": " + detail));
        };
    }

    private Payer payer() {
        var payer = CallNotes.current().payer();
        return payer.assistant().isEmpty() ? payer.withAssistant(instance) : payer;
    }

    private static String words(ModelOutcome.Why why) {
        return switch (why) {
            case NO_MODEL -> "no model is set up under this alias";
            case BUDGET -> "the budget is used up";
            case LIMIT -> "too much was asked in a short time";
            case BUSY -> "all models are busy or rest";
            case FAILED -> "the models failed";
            case DEADLINE -> "no model answered in time";
            case FILTERED -> "a filter does not let it go to a model";
            case DATABASE_AWAY -> "the hub's books cannot be written now";
        };
    }
}
