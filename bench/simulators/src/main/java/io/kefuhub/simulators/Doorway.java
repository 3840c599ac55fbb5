package io.kefuhub.simulators;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsHandlerType;
import io.kefuhub.simulators.Journal.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/** Every call of the hub comes through here: it is read, meets the faults that are on, is answered and written down. */
final class Doorway implements Routes {
    private static final String DOOR = "simulator.opening";

    private final JavalinDefaultRoutingApi routes;
    private final Scene scene;
    private final Platform platform;

    Doorway(JavalinDefaultRoutingApi routes, Scene scene, Platform platform) {
        this.routes = routes;
        this.scene = scene;
        this.platform = platform;
    }

    @Override
    public void add(String method, String path, Endpoint endpoint) {
        routes.addHttpHandler(HandlerType.findOrCreate(method), path, ctx -> handle(ctx, endpoint));
    }

    @Override
    public void socket(String path, Door door) {
        routes.addWsHandler(WsHandlerType.WEBSOCKET, path, config -> socket(config));
        routes.wsBeforeUpgrade(path, ctx -> {
            var call = read(ctx, scene.shelf);
            var began = System.nanoTime();
            var opening = door.open(call);
            switch (opening) {
                case Opening.Opened(var side) -> {
                    ctx.attribute(DOOR, side);
                    note(call, 101, began, "", "");
                }
                case Opening.Refused(var answer) -> {
                    note(call, answer.status(), began, answer.shown(), "");
                    write(ctx, answer);
                    ctx.skipRemainingHandlers();
                }
            }
        });
    }

    private static void socket(WsConfig config) {
        config.onConnect(ctx -> {
            SocketSide side = ctx.attribute(DOOR);
            if (side == null) {
                ctx.closeSession(1011, "not opened");
                return;
            }
            side.opened(new SocketLine(ctx));
        });
        config.onMessage(ctx -> {
            SocketSide side = ctx.attribute(DOOR);
            if (side != null) side.text(ctx.message());
        });
        config.onBinaryMessage(ctx -> {
            SocketSide side = ctx.attribute(DOOR);
            if (side != null) side.binary(ctx.data());
        });
        config.onClose(ctx -> {
            SocketSide side = ctx.attribute(DOOR);
            if (side != null) side.closed();
        });
    }

    private void handle(Context ctx, Endpoint endpoint) throws InterruptedException {
        var began = System.nanoTime();
        var call = read(ctx, scene.shelf);
        var struck = new ArrayList<String>();
        var slow = scene.faults.strike(Faults.SLOW, call.path());
        if (slow.isPresent()) {
            struck.add(Faults.SLOW);
            // Slow is what this fault is.
            Thread.sleep(slow.get().length());
        }
        var answer = faulty(call, struck);
        if (answer == null && struck.contains(Faults.CUT)) {
            cut(ctx, call, began, struck);
            return;
        }
        if (answer == null) answer = answered(call, endpoint);
        if (!struck.contains(Faults.SERVER_ERROR)
                && !struck.contains(Faults.HTML)
                && scene.faults.strikes(Faults.CUT_AFTER, call.path())) {
            struck.add(Faults.CUT_AFTER);
            cut(ctx, call, began, struck);
            return;
        }
        // Written down first: whoever has the answer may look at once.
        note(call, answer.status(), began, answer.shown(), String.join(" ", struck));
        write(ctx, answer);
    }

    private static Answer answered(Call call, Endpoint endpoint) {
        try {
            return endpoint.answer(call);
        } catch (BadInputException e) {
            return Answer.text(400, "text/plain; charset=utf-8", String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Answer faulty(Call call, ArrayList<String> struck) {
        for (var name : scene.faults.near(FaultKind.Side.ANSWERS, call.path())) {
            switch (name) {
                case Faults.SLOW, Faults.CUT_AFTER -> {}
                case Faults.CUT -> {
                    if (!scene.faults.strikes(name, call.path())) continue;
                    struck.add(name);
                    return null;
                }
                case Faults.SERVER_ERROR, Faults.HTML -> {
                    if (!scene.faults.strikes(name, call.path())) continue;
                    struck.add(name);
                    return Answer.html(name.equals(Faults.HTML) ? 200 : 503);
                }
                default -> {
                    var answer = platform.under(name, call);
                    if (answer.isEmpty() || !scene.faults.strikes(name, call.path())) continue;
                    struck.add(name);
                    return answer.get();
                }
            }
        }
        return null;
    }

    private void cut(Context ctx, Call call, long began, ArrayList<String> struck) {
        note(call, 0, began, "", String.join(" ", struck));
        ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }

    private void note(Call call, int status, long began, String answer, String fault) {
        var query = new StringBuilder();
        call.queries()
                .forEach((name, value) -> query.append(query.isEmpty() ? "?" : "&")
                        .append(name)
                        .append('=')
                        .append(value));
        var files = new StringBuilder();
        call.form()
                .forEach((name, value) ->
                        files.append(name).append('=').append(value).append('\n'));
        call.uploads()
                .forEach(upload -> files.append('(')
                        .append(upload.name())
                        .append(", ")
                        .append(upload.item().size())
                        .append(" bytes)"));
        var sent = query.isEmpty() ? call.body() + files : query + "\n" + call.body() + files;
        scene.journal.exchange(
                Way.CALL,
                "",
                call.method() + " " + call.path(),
                status,
                Duration.ofNanos(System.nanoTime() - began).toMillis(),
                sent,
                answer,
                fault);
    }

    static Call read(Context ctx, Shelf shelf) {
        var queries = new LinkedHashMap<String, String>();
        ctx.queryParamMap().forEach((name, values) -> queries.put(name, values.getFirst()));
        var form = new LinkedHashMap<String, String>();
        var uploads = new ArrayList<Call.Upload>();
        var body = "";
        if (ctx.isMultipartFormData()) {
            ctx.formParamMap().forEach((name, values) -> {
                // Files are named here too, without a value.
                if (!values.isEmpty()) form.put(name, values.getFirst());
            });
            ctx.uploadedFileMap()
                    .forEach((field, files) -> files.forEach(file -> {
                        var type = file.contentType() == null ? "application/octet-stream" : file.contentType();
                        try (var content = file.content()) {
                            var item = shelf.put("upload-" + UUID.randomUUID(), file.filename(), type, content);
                            uploads.add(new Call.Upload(field, item, file.filename()));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }));
        } else {
            body = ctx.body();
        }
        return new Call(
                ctx.method().name(),
                ctx.path(),
                Map.copyOf(ctx.pathParamMap()),
                queries,
                ctx.headerMap(),
                body,
                form,
                uploads);
    }

    static void write(Context ctx, Answer answer) {
        ctx.status(answer.status());
        answer.headers().forEach(ctx::header);
        switch (answer.body()) {
            case Answer.Body.Text(var value) -> {
                ctx.contentType(answer.type());
                ctx.result(value);
            }
            case Answer.Body.File(var item) -> {
                ctx.contentType(answer.type());
                try {
                    ctx.header("Content-Length", Long.toString(item.size()));
                    ctx.result(Files.newInputStream(item.file()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
