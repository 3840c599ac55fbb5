package io.kefuhub.core.desk;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The inbox, and what agents do in a conversation. */
final class ConversationRoutes implements RouteModule {
    private static final Pattern CID = Pattern.compile("[A-Za-z0-9_-]{1,36}");
    private static final int WORDS = 200;
    private static final int NOTE = 4000;

    private final Inbox inbox;
    private final Agents agents;
    private final Speaking speaking;

    ConversationRoutes(Inbox inbox, Agents agents, Speaking speaking) {
        this.inbox = inbox;
        this.agents = agents;
        this.speaking = speaking;
    }

    record Take(Optional<Boolean> force) {}

    record Reply(String cid, List<NewPart> parts) {}

    record Note(String cid, String text) {}

    record Read(Long upTo) {}

    record Typing(Boolean on) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/conversations", this::list, Access.AGENT);
        routes.get("/api/conversations/{id}", this::show, Access.AGENT);
        routes.get("/api/conversations/{id}/events", this::events, Access.AGENT);
        routes.post("/api/conversations/{id}/take", this::take, Access.AGENT);
        routes.post("/api/conversations/{id}/reply", this::reply, Access.AGENT);
        routes.post("/api/conversations/{id}/note", this::note, Access.AGENT);
        routes.post("/api/conversations/{id}/hand-back", this::handBack, Access.AGENT);
        routes.post("/api/conversations/{id}/close", this::close, Access.AGENT);
        routes.post("/api/conversations/{id}/read", this::read, Access.AGENT);
        routes.post("/api/conversations/{id}/typing", this::typing, Access.AGENT);
    }

    private void list(Context ctx) {
        var view = Requests.parameter(ctx, "view").map(ConversationRoutes::view).orElse(InboxRows.View.MINE);
        var desk = Requests.parameter(ctx, "desk")
                .map(text -> Requests.uuid(text)
                        .orElseThrow(() -> Problem.invalid("desk", "There is no such desk.", "没有这个部门。")));
        var words = Requests.parameter(ctx, "q").map(String::strip);
        if (words.filter(text -> text.length() > WORDS).isPresent()) {
            throw Problem.invalid("q", "At most " + WORDS + " characters.", "最多 " + WORDS + " 个字符。");
        }
        var before = Requests.parameter(ctx, "before");
        Requests.send(ctx, inbox.page(Requests.caller(ctx), view, desk, words, before, Requests.limit(ctx, 50, 100)));
    }

    private void show(Context ctx) {
        detail(ctx, Requests.id(ctx));
    }

    private void events(Context ctx) {
        var after = Requests.number(ctx, "after");
        var before = Requests.number(ctx, "before");
        if (after.isPresent() && before.isPresent()) {
            throw Problem.invalid("before", "Either after or before.", "after 与 before 不能同时使用。");
        }
        var limit = Requests.limit(ctx, 100, 500);
        Requests.send(ctx, inbox.events(Requests.caller(ctx), Requests.id(ctx), after, before, limit));
    }

    private void take(Context ctx) {
        var force = Requests.optionalBody(ctx, Take.class).flatMap(Take::force).orElse(false);
        var caller = Requests.caller(ctx);
        if (force && !Agents.overrules(caller)) throw Problem.of(ProblemType.FORBIDDEN);
        act(ctx, conversation -> agents.take(caller, conversation, force));
    }

    private void handBack(Context ctx) {
        act(ctx, conversation -> agents.handBack(Requests.caller(ctx), conversation));
    }

    private void close(Context ctx) {
        act(ctx, conversation -> agents.close(Requests.caller(ctx), conversation));
    }

    private void reply(Context ctx) {
        var conversation = inbox.find(Requests.caller(ctx), Requests.id(ctx));
        var body = Requests.body(ctx, Reply.class);
        Requests.send(ctx, speaking.reply(Requests.caller(ctx), conversation, cid(body.cid()), body.parts()));
    }

    private void note(Context ctx) {
        var conversation = inbox.find(Requests.caller(ctx), Requests.id(ctx));
        var body = Requests.body(ctx, Note.class);
        var text = body.text().strip();
        if (text.isEmpty() || text.length() > NOTE) {
            throw Problem.invalid("text", "1 to " + NOTE + " characters.", "1 至 " + NOTE + " 个字符。");
        }
        var note = agents.note(Requests.caller(ctx), conversation, cid(body.cid()), text);
        Requests.send(ctx, note.shown());
    }

    private void read(Context ctx) {
        var conversation = inbox.find(Requests.caller(ctx), Requests.id(ctx));
        agents.read(
                Requests.caller(ctx),
                conversation,
                Requests.body(ctx, Read.class).upTo());
        ctx.status(204);
    }

    private void typing(Context ctx) {
        var conversation = inbox.find(Requests.caller(ctx), Requests.id(ctx));
        agents.typing(
                Requests.caller(ctx),
                conversation,
                Requests.body(ctx, Typing.class).on());
        ctx.status(204);
    }

    private void act(Context ctx, Function<io.kefuhub.core.conversation.Conversation, Doing> action) {
        var conversation = inbox.find(Requests.caller(ctx), Requests.id(ctx));
        action.apply(conversation).orRefuse();
        detail(ctx, conversation.id().value());
    }

    private void detail(Context ctx, UUID id) {
        Requests.send(ctx, inbox.detail(Requests.caller(ctx), id));
    }

    private static InboxRows.View view(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "mine" -> InboxRows.View.MINE;
            case "waiting" -> InboxRows.View.WAITING;
            case "all" -> InboxRows.View.ALL;
            default -> throw Problem.invalid("view", "mine, waiting or all.", "mine、waiting 或 all。");
        };
    }

    private static String cid(String cid) {
        if (CID.matcher(cid).matches()) return cid;
        throw Problem.invalid("cid", "1 to 36 letters, digits, - or _.", "1 至 36 个字母、数字、横线或下划线。");
    }
}
