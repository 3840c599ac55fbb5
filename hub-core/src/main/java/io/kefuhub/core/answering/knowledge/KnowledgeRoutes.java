package io.kefuhub.core.answering.knowledge;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Json;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** What the hub answers from, for those who keep it. */
public final class KnowledgeRoutes implements RouteModule {
    private static final int FILE_LIMIT = 5 * 1024 * 1024;
    private static final int PAGE = 50;
    private static final int LONGEST_PAGE = 200;

    private final Knowledge knowledge;
    private final DeskNames desks;
    private final Supplier<Set<String>> channels;
    private final ZoneId zone;
    private final Shown shown;

    /** What a caller may see of something that a customer asked in a desk. */
    @FunctionalInterface
    public interface Shown {
        Object of(Caller caller, UUID about, UUID desk, Object asked);
    }

    /**
     * @param desks the desks there are, by key, the usual one first
     * @param channels the keys of the channels there are
     * @param zone where dates without a time in imported files begin
     */
    public KnowledgeRoutes(
            Knowledge knowledge,
            Supplier<LinkedHashMap<String, UUID>> desks,
            Supplier<Set<String>> channels,
            ZoneId zone,
            Shown shown) {
        this.knowledge = knowledge;
        this.desks = new DeskNames(desks);
        this.channels = channels;
        this.zone = zone;
        this.shown = shown;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/knowledge", this::list, Access.SIGNED_IN);
        routes.post("/api/knowledge", this::create, Access.SUPERVISOR);
        routes.post("/api/knowledge/try", this::tryQuestion, Access.SIGNED_IN);
        routes.post("/api/knowledge/import", this::importFile, Access.SUPERVISOR);
        routes.get("/api/knowledge/export", this::exportFile, Access.SIGNED_IN);
        routes.get("/api/knowledge/unanswered", this::unanswered, Access.SIGNED_IN);
        routes.post("/api/knowledge/unanswered/{id}/dismiss", this::dismiss, Access.SUPERVISOR);
        routes.get("/api/knowledge/{id}", this::one, Access.SIGNED_IN);
        routes.put("/api/knowledge/{id}", this::change, Access.SUPERVISOR);
        routes.delete("/api/knowledge/{id}", this::delete, Access.SUPERVISOR);
    }

    private void list(Context ctx) {
        var filter = new EntryFilter(
                Requests.parameter(ctx, "q").map(String::strip).orElse(""),
                desks(ctx),
                Requests.parameter(ctx, "language").map(EntryBody::language),
                Requests.parameter(ctx, "enabled").map(Boolean::valueOf));
        int limit = Requests.limit(ctx, PAGE, LONGEST_PAGE);
        var entries = knowledge.page(filter, before(ctx), limit);
        var body = new LinkedHashMap<String, Object>();
        body.put("entries", entries.stream().map(EntryView::of).toList());
        body.put("total", knowledge.count(filter));
        if (entries.size() == limit) {
            var last = entries.getLast();
            body.put("next", new Place(last.changedAt(), last.id().value()).toString());
        }
        send(ctx, body);
    }

    private void one(Context ctx) {
        send(ctx, EntryView.of(readable(ctx)));
    }

    private void create(Context ctx) {
        var body = Requests.body(ctx, EntryBody.New.class);
        var desk = desks.named(body.desk(), Requests.caller(ctx));
        ctx.status(201);
        send(ctx, EntryView.of(done(knowledge.create(actor(ctx), desk, possible(body.content(), Set.of())))));
    }

    private void change(Context ctx) {
        var body = Requests.body(ctx, EntryBody.Change.class);
        var before = readable(ctx);
        var desk = body.desk().isEmpty() ? before.desk() : desks.named(body.desk(), Requests.caller(ctx));
        var had = Set.copyOf(before.content().reach().channels());
        var content = possible(body.content(before.content()), had);
        var saved = knowledge.change(actor(ctx), before.id(), body.version(), desk, content);
        send(ctx, EntryView.of(done(saved)));
    }

    private void delete(Context ctx) {
        done(knowledge.delete(actor(ctx), readable(ctx).id()));
        ctx.status(204);
    }

    private void tryQuestion(Context ctx) {
        var tried = Requests.body(ctx, TriedQuestion.class);
        var desk = desks.named(tried.desk(), Requests.caller(ctx));
        var answer = knowledge.answer(desk, tried.asker(), tried.question());
        send(ctx, TrialView.of(answer, Requests.language(ctx)));
    }

    private void importFile(Context ctx) {
        var desk = desks.named(Requests.parameter(ctx, "desk"), Requests.caller(ctx));
        var contents = format(ctx).read(Requests.bytes(ctx, FILE_LIMIT), zone).withStrangeChannelsNamed(channels.get());
        var dryRun = Requests.parameter(ctx, "dryRun").map(Boolean::valueOf).orElse(false);
        var report = knowledge.importAll(actor(ctx), desk, contents, dryRun);
        send(ctx, ImportView.of(report, Requests.language(ctx)));
    }

    private void exportFile(Context ctx) {
        var format = format(ctx);
        var filter = new EntryFilter("", desks(ctx), Optional.empty(), Optional.empty());
        var contents = knowledge.page(filter, Place.START, Integer.MAX_VALUE).stream()
                .sorted(java.util.Comparator.comparing(entry -> entry.id().value()))
                .map(KnowledgeEntry::content)
                .toList();
        ctx.header("Content-Disposition", "attachment; filename=\"knowledge." + format.extension() + "\"");
        ctx.contentType(format.mime() + "; charset=utf-8").result(format.write(contents));
    }

    private void unanswered(Context ctx) {
        int limit = Requests.limit(ctx, PAGE, LONGEST_PAGE);
        var questions = knowledge.unanswered(desks(ctx), before(ctx), limit);
        var body = new LinkedHashMap<String, Object>();
        body.put(
                "questions",
                questions.stream()
                        .map(UnansweredView::of)
                        .map(view -> shown.of(Requests.caller(ctx), view.id(), view.desk(), view))
                        .toList());
        if (questions.size() == limit) {
            var last = questions.getLast();
            body.put("next", new Place(last.lastAt(), last.id()).toString());
        }
        send(ctx, body);
    }

    private void dismiss(Context ctx) {
        if (!knowledge.dismiss(actor(ctx), Requests.id(ctx), theirs(Requests.caller(ctx)))) throw Problem.notFound();
        ctx.status(204);
    }

    /** What names a channel that is not there, and was not named before, would be found by nobody. */
    private EntryContent possible(EntryContent content, Set<String> had) {
        var there = channels.get();
        for (var channel : content.reach().channels()) {
            if (there.contains(channel) || had.contains(channel)) continue;
            throw Problem.invalid("channels", "There is no channel \"" + channel + "\".", "没有渠道“" + channel + "”。");
        }
        return content;
    }

    private KnowledgeEntry readable(Context ctx) {
        return knowledge
                .find(new EntryId(Requests.id(ctx)))
                .filter(entry -> Requests.caller(ctx).mayRead(entry.desk()))
                .orElseThrow(Problem::notFound);
    }

    /** The desk that was asked for, or all that the caller may see. */
    private Optional<Set<UUID>> desks(Context ctx) {
        var wanted = Requests.parameter(ctx, "desk");
        var caller = Requests.caller(ctx);
        return wanted.isPresent() ? Optional.of(Set.of(desks.named(wanted, caller))) : theirs(caller);
    }

    private static Optional<Set<UUID>> theirs(Caller caller) {
        return caller.desks().isEmpty() ? Optional.empty() : Optional.of(caller.desks());
    }

    private static Place before(Context ctx) {
        var before = Requests.parameter(ctx, "before");
        if (before.isEmpty()) return Place.START;
        return Place.parse(before.get())
                .orElseThrow(() -> Problem.invalid("before", "Take it from `next`.", "请使用上一页返回的 next。"));
    }

    private static FileFormat format(Context ctx) {
        return Requests.parameter(ctx, "format")
                .flatMap(FileFormat::of)
                .orElseThrow(() -> Problem.invalid("format", "csv or md.", "csv 或 md。"));
    }

    static KnowledgeEntry done(Saved saved) {
        return switch (saved) {
            case Saved.Done(var entry) -> entry;
            case Saved.Gone() -> throw Problem.notFound();
            case Saved.Stale(var _) -> throw Problem.of(ProblemType.CONFLICT);
            case Saved.Managed(var file) -> throw Problem.of(ProblemType.MANAGED_BY_FILE, file, file);
            case Saved.AskedAlready(var other) ->
                throw Problem.of(
                                ProblemType.CONFLICT,
                                "Another entry asks this already: "
                                        + other.content().question(),
                                "已有相同问题的条目：" + other.content().question())
                        .with("field", "question");
        };
    }

    private static String actor(Context ctx) {
        return Requests.caller(ctx).actor();
    }

    private static void send(Context ctx, Object body) {
        ctx.contentType("application/json").result(Json.bytes(body));
    }
}
