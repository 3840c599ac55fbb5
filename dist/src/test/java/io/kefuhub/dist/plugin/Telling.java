package io.kefuhub.dist.plugin;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.Description;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.HubPlugin;
import io.kefuhub.api.Language;
import io.kefuhub.api.ResponderFactory;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.ResponderContext;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Tells stories word by word, and masks a word that may not be said. */
public final class Telling implements HubPlugin {
    private static final String LISTED = "damn";
    private static final List<String> STORY =
            List.of("Once ", "upon ", "a ", "time ", "there ", "was ", "a ", "da", "mn", " fine ", "tea", "pot", ".");
    private static final long WORD = 250_000_000;

    @Override
    public List<Contribution> contributions() {
        return List.of(new Tellers(), new Maskers());
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

    private static final class Maskers implements FilterFactory {
        @Override
        public Description description() {
            return new Description("masking", Map.of(Language.EN, "Masking"), List.of());
        }

        @Override
        public Filter create(Settings settings, FilterContext context) {
            return new Masking();
        }
    }

    private static final class Masking implements Filter {
        @Override
        public Set<Stage> stages() {
            return Set.of(Stage.BOT_OUT);
        }

        @Override
        public Verdict apply(Message message, Facts facts, Stage stage) {
            var text = message.text();
            return text.contains(LISTED)
                    ? Verdict.rewrite(List.of(new Part.Text(text.replace(LISTED, "****"))))
                    : Verdict.pass();
        }

        @Override
        public int safeUntil(String soFar, Facts facts) {
            var found = soFar.indexOf(LISTED);
            if (found >= 0) return found;
            for (var start = Math.max(0, soFar.length() - LISTED.length()); start < soFar.length(); start++) {
                if (LISTED.startsWith(soFar.substring(start))) return start;
            }
            return soFar.length();
        }
    }
}
