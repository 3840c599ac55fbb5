package io.kefuhub.core.desk.drafts;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.Language;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.filtering.Sight;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** Proposed words for agents. */
public final class DraftRoutes implements RouteModule {
    private final Drafts drafts;
    private final BiFunction<Caller, UUID, Conversation> find;
    private final Sight sight;

    /** @param find a conversation that the caller may see; throws a problem for others */
    public DraftRoutes(Drafts drafts, BiFunction<Caller, UUID, Conversation> find, Sight sight) {
        this.drafts = drafts;
        this.find = find;
        this.sight = sight;
    }

    record Wanted(String kind, Optional<String> text, Optional<String> language) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.post("/api/conversations/{id}/draft", this::propose, Access.AGENT);
    }

    private void propose(Context ctx) {
        var caller = Requests.caller(ctx);
        var conversation = find.apply(caller, Requests.id(ctx));
        var body = Requests.body(ctx, Wanted.class);
        var kind = DraftKind.of(body.kind())
                .orElseThrow(() -> Problem.invalid(
                        "kind",
                        "suggest, improve, shorten, translate or summary.",
                        "可选值：suggest、improve、shorten、translate、summary。"));
        var text = body.text().orElse("").strip();
        if (kind.needsText() && (text.isEmpty() || text.length() > Drafts.LONGEST)) {
            throw Problem.invalid("text", "1 to " + Drafts.LONGEST + " characters.", "1 至 " + Drafts.LONGEST + " 个字符。");
        }
        var language = body.language().map(DraftRoutes::language).orElse(conversation.language());
        var draft = drafts.propose(caller.name(), conversation, new Drafts.Wish(kind, text, language));
        // What agents make of words of their own they have seen.
        Requests.send(
                ctx,
                kind.needsText()
                        ? draft
                        : sight.shown(
                                caller,
                                conversation.id().value(),
                                conversation.place().desk().value(),
                                draft));
    }

    private static Language language(String tag) {
        try {
            return new Language(tag);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("language", "A language tag such as en or zh-CN.", "语言标签，例如 en 或 zh-CN。");
        }
    }
}
