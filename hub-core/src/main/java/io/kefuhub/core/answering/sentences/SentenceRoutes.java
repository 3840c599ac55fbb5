package io.kefuhub.core.answering.sentences;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.Language;
import io.kefuhub.core.answering.HubWords;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What the hub says to customers, over HTTP: looked at, and said in other words. */
public final class SentenceRoutes implements RouteModule {
    private static final int LONGEST = 500;
    private static final int LONGEST_ON_BUTTON = 40;

    private final OwnSentences sentences;
    private final Supplier<Set<String>> desks;

    /** @param desks keys of the desks there are */
    public SentenceRoutes(OwnSentences sentences, Supplier<Set<String>> desks) {
        this.sentences = sentences;
        this.desks = desks;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/sentences/{desk}", this::all, Access.ADMIN);
        routes.put("/api/sentences/{desk}", this::change, Access.ADMIN);
    }

    /**
     * @param own what was put in the place of the usual words
     * @param longest characters
     */
    record SentenceView(String key, String language, String usual, Optional<String> own, int longest) {}

    /** @param text empty or left out to say it in the hub's own words again */
    record Change(String key, String language, Optional<String> text) {}

    private void all(Context ctx) {
        send(ctx, desk(ctx));
    }

    private void send(Context ctx, String desk) {
        var all = HubWords.LANGUAGES.stream()
                .flatMap(language -> Arrays.stream(HubWords.values()).map(what -> view(desk, language, what)))
                .toList();
        Requests.send(ctx, Map.of("languages", HubWords.LANGUAGES, "sentences", all));
    }

    private SentenceView view(String desk, String language, HubWords what) {
        return new SentenceView(
                what.key(),
                language,
                what.in(new Language(language)),
                sentences.own(new OwnSentences.Place(desk, language, what.key())),
                longest(what));
    }

    private static int longest(HubWords what) {
        return what.isOnButton() ? LONGEST_ON_BUTTON : LONGEST;
    }

    private void change(Context ctx) {
        var desk = desk(ctx);
        var change = Requests.body(ctx, Change.class);
        var what = Arrays.stream(HubWords.values())
                .filter(one -> one.key().equals(change.key()))
                .findFirst()
                .orElseThrow(() -> notOneOf(
                        "key",
                        Arrays.stream(HubWords.values()).map(HubWords::key).toList()));
        oneOf("language", change.language(), HubWords.LANGUAGES);
        var text = change.text().map(String::strip).filter(words -> !words.isEmpty());
        var longest = longest(what);
        if (text.filter(words -> words.length() > longest).isPresent()) {
            throw Problem.invalid("text", "At most " + longest + " characters.", "最多 " + longest + " 个字符。");
        }
        sentences.change(
                new OwnSentences.Place(desk, change.language(), change.key()),
                what,
                text,
                Requests.caller(ctx).actor());
        send(ctx, desk);
    }

    private static void oneOf(String field, String value, List<String> all) {
        if (!all.contains(value)) throw notOneOf(field, all);
    }

    private static Problem notOneOf(String field, List<String> all) {
        return Problem.invalid(field, "One of " + all + ".", "取值为 " + all + " 之一。");
    }

    private String desk(Context ctx) {
        return Optional.of(ctx.pathParam("desk")).filter(desks.get()::contains).orElseThrow(Problem::notFound);
    }
}
