package io.kefuhub.bench.plugin;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.Description;
import io.kefuhub.api.HubPlugin;
import io.kefuhub.api.Language;
import io.kefuhub.api.ResponderFactory;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Models;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.ResponderContext;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import java.util.List;
import java.util.Map;

/** A responder that asks a model everything and shows the answer while it is made. */
public final class AskPlugin implements HubPlugin {
    public static final String RESPONDER = "bench-ask";

    @Override
    public List<Contribution> contributions() {
        return List.of(new Factory());
    }

    private static final class Factory implements ResponderFactory {
        private static final SettingSpec ALIAS = SettingSpec.text("alias", "Alias");

        @Override
        public Description description() {
            return new Description(RESPONDER, Map.of(Language.EN, "Ask", Language.ZH_CN, "提问"), List.of(ALIAS));
        }

        @Override
        public Responder create(Settings settings, ResponderContext context) {
            return new Ask(settings.text(ALIAS), context.models());
        }
    }

    private record Ask(String alias, Models models) implements Responder {
        @Override
        public Response respond(Turn turn, AnswerSink sink) {
            var question =
                    new AiRequest.Turn(AiRequest.Role.USER, turn.question().text(), List.of());
            var asked = models.ask(alias, "Answer briefly.", List.of(question), new Growing(sink), sink.cancel());
            return switch (asked) {
                case Models.ModelAnswer.Answered(var text, var model) ->
                    new Response.Answer(
                            List.of(new Part.Text(text)), new Response.Source("model", model, model, 1, "asked"));
                case Models.ModelAnswer.Unavailable(var reason) -> new Response.Pass(reason);
            };
        }
    }

    private static final class Growing implements AiSink {
        private final AnswerSink sink;
        private final StringBuilder text = new StringBuilder();

        Growing(AnswerSink sink) {
            this.sink = sink;
        }

        @Override
        public void content(String piece) {
            sink.draft(text.append(piece).toString());
        }

        @Override
        public void reasoning(String piece) {}

        @Override
        public void usage(Usage usage) {}
    }
}
