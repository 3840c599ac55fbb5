package io.kefuhub.bench.plugin;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.Description;
import io.kefuhub.api.HubPlugin;
import io.kefuhub.api.Language;
import io.kefuhub.api.ResponderFactory;
import io.kefuhub.api.Settings;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.ResponderContext;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import java.util.List;
import java.util.Map;

/** A responder that answers what is asked in English and leaves the rest to knowledge. */
public final class ReplyPlugin implements HubPlugin {
    public static final String RESPONDER = "bench-reply";
    /** What an answer begins with; the question follows. */
    public static final String ANSWER = "You asked: ";

    @Override
    public List<Contribution> contributions() {
        return List.of(new Factory());
    }

    private static final class Factory implements ResponderFactory {
        @Override
        public Description description() {
            return new Description(RESPONDER, Map.of(Language.EN, "Reply", Language.ZH_CN, "回复"), List.of());
        }

        @Override
        public Responder create(Settings settings, ResponderContext context) {
            return new Reply();
        }
    }

    private static final class Reply implements Responder {
        @Override
        public Response respond(Turn turn, AnswerSink sink) {
            var question = turn.question().text();
            if (question.charAt(0) > 'z') return new Response.Pass("not in English");
            var answer = new Part.Text(ANSWER + question);
            return new Response.Answer(
                    List.of(answer), new Response.Source("bench", RESPONDER, "Reply", 1, "in English"));
        }
    }
}
