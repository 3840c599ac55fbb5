package io.kefuhub.dist.plugin;

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
import java.util.concurrent.locks.LockSupport;

/** Tells stories word by word, with a word that may not be said. */
public final class Telling implements HubPlugin {
    private static final List<String> STORY =
            List.of("Once ", "upon ", "a ", "time ", "there ", "was ", "a ", "da", "mn", " fine ", "tea", "pot", ".");
    private static final long WORD = 250_000_000;

    @Override
    public List<Contribution> contributions() {
        return List.of(new Tellers());
    }

    private static final class Tellers implements ResponderFactory {
        @Override
        public Description description() {
            return new Description("telling", Map.of(Language.EN, "Stories"), List.of());
        }

        @Override
        public Responder create(Settings settings, ResponderContext context) {
            return Telling::tell;
        }
    }

    private static Response tell(Turn turn, AnswerSink sink) {
        var endless = turn.question().text().contains("endless");
        if (!endless && !turn.question().text().contains("story")) return new Response.Pass("no story is asked for");
        var told = new StringBuilder();
        do {
            for (var word : STORY) {
                if (sink.cancel().isRequested()) return new Response.Pass("called off");
                sink.draft(told.append(word).toString());
                LockSupport.parkNanos(WORD);
            }
        } while (endless && told.length() < 3_000);
        return new Response.Answer(
                List.of(new Part.Text(told.toString())), new Response.Source("story", "1", "A story", 1, "asked for"));
    }
}
