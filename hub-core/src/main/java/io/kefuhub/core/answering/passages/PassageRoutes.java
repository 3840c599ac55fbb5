package io.kefuhub.core.answering.passages;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.answering.knowledge.DeskNames;
import io.kefuhub.core.answering.knowledge.TriedQuestion;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What would be found for a question, for those who keep knowledge. */
public final class PassageRoutes implements RouteModule {
    private final Passages passages;
    private final DeskNames desks;

    /** @param desks the desks there are, by key, the usual one first */
    public PassageRoutes(Passages passages, Supplier<LinkedHashMap<String, UUID>> desks) {
        this.passages = passages;
        this.desks = new DeskNames(desks);
    }

    /** A passage as callers read it. @param source its document, of a piece */
    record View(
            UUID id,
            String kind,
            String title,
            String text,
            double score,
            String how,
            Optional<Double> cosine,
            Optional<SourceView> source) {
        static View of(Passage passage) {
            return new View(
                    passage.id(),
                    code(passage.kind()),
                    passage.title(),
                    passage.text(),
                    rounded(passage.score()),
                    code(passage.how()),
                    passage.cosine().map(View::rounded),
                    passage.source().map(SourceView::of));
        }

        private static double rounded(double score) {
            return Math.round(score * 1000) / 1000.0;
        }
    }

    record SourceView(UUID document, String name, List<String> headings, Optional<Integer> page) {
        static SourceView of(Passage.Source source) {
            return new SourceView(
                    source.document(),
                    source.name(),
                    source.headings(),
                    Optional.of(source.page()).filter(page -> page > 0));
        }
    }

    record Answer(List<View> passages, String meaning) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.post("/api/knowledge/passages", this::find, Access.SIGNED_IN);
    }

    private void find(Context ctx) {
        var tried = Requests.body(ctx, TriedQuestion.class);
        var desk = desks.named(tried.desk(), Requests.caller(ctx));
        var found = passages.find(desk, tried.asker(), tried.question(), Passages.USUAL);
        Requests.send(ctx, new Answer(found.passages().stream().map(View::of).toList(), code(found.meaning())));
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
