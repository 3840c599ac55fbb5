package io.kefuhub.core.answering.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.answering.knowledge.DeskNames;
import io.kefuhub.core.answering.passages.Passages;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import io.kefuhub.core.web.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The files that desks answer from, for those who keep them. */
public final class LibraryRoutes implements RouteModule {
    private static final int PAGE = 50;
    private static final int LONGEST_PAGE = 200;

    private final Library library;
    private final Passages passages;
    private final DeskNames desks;

    /** @param desks the desks there are, by key, the usual one first */
    public LibraryRoutes(Library library, Passages passages, Supplier<LinkedHashMap<String, UUID>> desks) {
        this.library = library;
        this.passages = passages;
        this.desks = new DeskNames(desks);
    }

    record Switch(boolean enabled) {}

    record ChunkView(UUID id, int place, List<String> headings, Optional<Integer> page, String text) {
        static ChunkView of(Chunk chunk) {
            return new ChunkView(
                    chunk.id(),
                    chunk.place(),
                    chunk.headings(),
                    Optional.of(chunk.page()).filter(page -> page > 0),
                    chunk.text());
        }
    }

    record VectorsView(String state, String model, int done, int total) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/knowledge/documents", this::list, Access.SIGNED_IN);
        routes.post("/api/knowledge/documents", this::add, Access.SUPERVISOR);
        routes.get("/api/knowledge/documents/{id}", this::one, Access.SIGNED_IN);
        routes.put("/api/knowledge/documents/{id}", this::enable, Access.SUPERVISOR);
        routes.delete("/api/knowledge/documents/{id}", this::delete, Access.SUPERVISOR);
        routes.get("/api/knowledge/documents/{id}/chunks", this::chunks, Access.SIGNED_IN);
        routes.get("/api/knowledge/documents/{id}/file", this::file, Access.SIGNED_IN);
        routes.post("/api/knowledge/documents/{id}/file", this::replace, Access.SUPERVISOR);
    }

    private void list(Context ctx) {
        var language = Requests.language(ctx);
        var body = new LinkedHashMap<String, Object>();
        body.put(
                "documents",
                library.list(desks(ctx)).stream()
                        .map(document -> DocumentView.of(document, library.progress(document.id()), language))
                        .toList());
        var progress = passages.progress();
        body.put(
                "vectors",
                new VectorsView(
                        progress.state().name().toLowerCase(Locale.ROOT),
                        progress.model(),
                        progress.done(),
                        progress.total()));
        Requests.send(ctx, body);
    }

    private void one(Context ctx) {
        show(ctx, readable(ctx));
    }

    private void add(Context ctx) {
        var desk = desks.named(Requests.parameter(ctx, "desk"), Requests.caller(ctx));
        var placed = library.add(actor(ctx), desk, uploadName(ctx), content(ctx));
        ctx.status(201);
        show(ctx, done(placed));
    }

    private void replace(Context ctx) {
        var document = readable(ctx);
        show(ctx, done(library.replace(actor(ctx), document.id(), uploadName(ctx), content(ctx))));
    }

    private void enable(Context ctx) {
        var body = Requests.body(ctx, Switch.class);
        show(ctx, done(library.enable(actor(ctx), readable(ctx).id(), body.enabled())));
    }

    private void delete(Context ctx) {
        done(library.delete(actor(ctx), readable(ctx).id()));
        ctx.status(204);
    }

    private void chunks(Context ctx) {
        var document = readable(ctx);
        int limit = Requests.limit(ctx, PAGE, LONGEST_PAGE);
        int after =
                (int) Math.min(Integer.MAX_VALUE, Requests.number(ctx, "after").orElse(0));
        var found = library.chunks(document.id(), after, limit);
        var body = new LinkedHashMap<String, Object>();
        body.put("chunks", found.stream().map(ChunkView::of).toList());
        body.put("total", document.chunks());
        if (found.size() == limit) body.put("next", found.getLast().place());
        Requests.send(ctx, body);
    }

    /** Gives the original back, never to be shown by the browser: a page of somebody else's must not run as ours. */
    private void file(Context ctx) {
        var document = readable(ctx);
        var original = document.served().or(document::next).orElseThrow(Problem::notFound);
        var content = library.open(original).orElseThrow(Problem::notFound);
        var name = URLEncoder.encode(original.name(), UTF_8).replace("+", "%20");
        ctx.header("Content-Disposition", "attachment; filename*=UTF-8''" + name);
        ctx.header("Content-Security-Policy", "default-src 'none'; sandbox");
        ctx.contentType("application/octet-stream").result(content);
    }

    private void show(Context ctx, KnowledgeDocument document) {
        Requests.send(ctx, DocumentView.of(document, library.progress(document.id()), Requests.language(ctx)));
    }

    private KnowledgeDocument readable(Context ctx) {
        return library.find(Requests.id(ctx))
                .filter(document -> Requests.caller(ctx).mayRead(document.desk()))
                .orElseThrow(Problem::notFound);
    }

    private Optional<Set<UUID>> desks(Context ctx) {
        var caller = Requests.caller(ctx);
        var wanted = Requests.parameter(ctx, "desk");
        return wanted.isPresent() ? Optional.of(Set.of(desks.named(wanted, caller))) : theirs(caller);
    }

    private static Optional<Set<UUID>> theirs(Caller caller) {
        return caller.desks().isEmpty() ? Optional.empty() : Optional.of(caller.desks());
    }

    private static String uploadName(Context ctx) {
        return Requests.parameter(ctx, "name").orElseThrow(() -> Problem.invalid("name", "Name the file.", "缺少文件名。"));
    }

    private static InputStream content(Context ctx) {
        if (ctx.req().getContentLengthLong() > Reception.LIMIT) throw tooLarge(Reception.LIMIT);
        try {
            return ctx.req().getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException("the caller went away", e);
        }
    }

    private static KnowledgeDocument done(Placed placed) {
        return switch (placed) {
            case Placed.Done(var document) -> document;
            case Placed.Gone() -> throw Problem.notFound();
            case Placed.NameTaken(var name) ->
                throw Problem.of(
                        ProblemType.CONFLICT,
                        new Words(
                                        "There is a document called %s already. Open it and replace its file.",
                                        "已有名为 %s 的文档。请打开它并替换文件。")
                                .with(name));
            case Placed.Unreadable(var trouble) -> throw Problem.of(ProblemType.UNSUPPORTED_TYPE, trouble.words());
            case Placed.TooLarge(var most) -> throw tooLarge(most);
            case Placed.NoRoom() ->
                throw Problem.of(ProblemType.UNAVAILABLE, "The disk of the hub is full.", "服务器磁盘已满。");
        };
    }

    private static Problem tooLarge(long most) {
        return Problem.of(
                ProblemType.TOO_LARGE,
                new Words("A file may have %s MB. Split it.", "文件不能超过 %s MB，请拆分。").with(most >> 20));
    }

    private static String actor(Context ctx) {
        return Requests.caller(ctx).actor();
    }
}
