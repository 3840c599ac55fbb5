package io.kefuhub.core.desk;

import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.Files;
import io.kefuhub.api.StoredFile;
import io.kefuhub.core.files.HubFiles;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Files that agents send and see. */
final class FileRoutes implements RouteModule {
    /** What belongs to a conversation is for who may see that; see {@code Journal}. */
    private static final String CONVERSATION = "conversation";

    private static final long LIMIT = 20L * 1024 * 1024;

    private final Inbox inbox;
    private final HubFiles files;

    FileRoutes(Inbox inbox, HubFiles files) {
        this.inbox = inbox;
        this.files = files;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.post("/api/files", this::upload, Access.AGENT);
        routes.get("/api/files/{id}", this::show, Access.AGENT);
    }

    private void upload(Context ctx) {
        if (!ctx.isMultipartFormData()) {
            throw Problem.of(ProblemType.UNSUPPORTED_TYPE, "Send multipart/form-data.", "请使用 multipart/form-data。");
        }
        var file = received(ctx)
                .orElseThrow(() -> Problem.invalid("file", "The form has no field file.", "表单缺少 file 字段。"));
        switch (files.keep(file.filename(), file.content(), LIMIT)) {
            case Files.Kept.Stored(var kept) -> {
                ctx.status(201);
                Requests.send(
                        ctx,
                        Map.of("uploadId", kept.id(), "name", kept.name(), "size", kept.size(), "type", kept.mime()));
            }
            case Files.Kept.TooLarge(var _) -> throw tooLarge();
            case Files.Kept.NotAllowed(var reason) -> throw Problem.of(ProblemType.UNSUPPORTED_TYPE, reason, reason);
            case Files.Kept.NoRoom() -> throw Problem.of(ProblemType.UNAVAILABLE);
        }
    }

    private static Optional<UploadedFile> received(Context ctx) {
        try {
            return Optional.ofNullable(ctx.uploadedFile("file"));
        } catch (RuntimeException e) {
            // The server stops reading a form that is too large or has no end.
            if (ctx.req().getContentLengthLong() > LIMIT) throw tooLarge();
            throw Problem.of(ProblemType.BAD_REQUEST, "The form cannot be read.", "无法读取表单。");
        }
    }

    private static Problem tooLarge() {
        return Problem.of(ProblemType.TOO_LARGE, "At most 20 MB.", "最大 20 MB。");
    }

    private void show(Context ctx) {
        var id = ctx.pathParam("id");
        var row = files.row(id).orElseThrow(Problem::notFound);
        if (row.ownerKind().equals(CONVERSATION)) {
            inbox.find(Requests.caller(ctx), Requests.uuid(row.ownerId()).orElseThrow(Problem::notFound));
        }
        var file = row.file();
        var content = files.open(id).orElseThrow(Problem::notFound);
        ctx.header("Content-Disposition", disposition(file));
        ctx.header("Content-Security-Policy", "default-src 'none'; sandbox");
        ctx.header("Cache-Control", "private, max-age=86400, immutable");
        ctx.contentType(isShown(file) ? file.mime() : "application/octet-stream")
                .result(content);
    }

    private static boolean isShown(StoredFile file) {
        return file.isPicture()
                || file.mime().startsWith("audio/")
                || file.mime().startsWith("video/");
    }

    private static String disposition(StoredFile file) {
        var name = URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return (isShown(file) ? "inline" : "attachment") + "; filename*=UTF-8''" + name;
    }
}
