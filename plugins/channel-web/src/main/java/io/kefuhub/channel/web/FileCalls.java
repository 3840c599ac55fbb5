package io.kefuhub.channel.web;

import io.kefuhub.api.Files.Kept;
import io.kefuhub.api.StoredFile;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.channel.web.frame.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Takes files in and gives them out. Safe for threads. */
final class FileCalls {
    private static final Duration DISK_PAUSE = Duration.ofMinutes(1);
    private final Chat chat;

    FileCalls(Chat chat) {
        this.chat = chat;
    }

    WebReply upload(WebRequest request, Session session) {
        var pause = chat.uploads().take(session.visitor());
        if (pause.isPresent()) return Problems.later(429, "rate_limited", "Too many uploads.", pause.get());
        try (var body = request.body()) {
            var upload = Multipart.find("file", request.header("content-type").orElse(""), body);
            if (upload.isEmpty()) return Problems.of(400, "no_file", "A form with a file named 'file' is expected.");
            var content = upload.get().content();
            var kept = chat.context()
                    .files()
                    .keep(upload.get().name(), content, chat.limits().file());
            if (kept instanceof Kept.Stored && !content.isComplete()) return broken();
            return answer(kept, session);
        } catch (IOException e) {
            return broken();
        }
    }

    private static WebReply broken() {
        return Problems.of(400, "broken_upload", "The form ends early or is not well-formed.");
    }

    private WebReply answer(Kept kept, Session session) {
        return switch (kept) {
            case Kept.Stored(var file) -> stored(file, session);
            case Kept.TooLarge(var limit) -> Problems.of(413, "too_large", "A file has " + limit + " bytes at most.");
            case Kept.NotAllowed(var reason) -> Problems.of(415, "not_allowed", reason);
            case Kept.NoRoom() -> Problems.later(507, "no_room", "There is no room for files now.", DISK_PAUSE);
        };
    }

    private WebReply stored(StoredFile file, Session session) {
        var uploadId = chat.links()
                .uploadId(file.id(), session.visitor(), chat.context().clock().instant());
        var body = Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("uploadId", uploadId);
            json.writeStringField("name", file.name());
            json.writeNumberField("size", file.size());
            json.writeStringField("type", file.mime());
            json.writeEndObject();
        });
        return WebReply.json(200, body.getBytes(StandardCharsets.UTF_8)).withHeader("Cache-Control", "no-store");
    }

    /** Whoever has a good link may read; a bad link and a file that never was look the same. */
    WebReply download(WebRequest request, String id) {
        var good = chat.links()
                .isGood(
                        id,
                        request.parameter("e").orElse(""),
                        request.parameter("s").orElse(""),
                        chat.context().clock().instant());
        if (!good) return Problems.notFound();
        var file = chat.context().files().find(id);
        var content = chat.context().files().open(id);
        if (file.isEmpty() || content.isEmpty()) return Problems.notFound();
        return new WebReply(200, headers(file.get()), new WebReply.Body.Stream(content.get()));
    }

    private static Map<String, String> headers(StoredFile file) {
        var mime = file.mime();
        var shown = file.isPicture() || mime.startsWith("audio/") || mime.startsWith("video/");
        var headers = new HashMap<String, String>();
        headers.put("Content-Type", shown ? mime : "application/octet-stream");
        headers.put("Content-Length", Long.toString(file.size()));
        headers.put("Content-Disposition", (shown ? "inline" : "attachment") + "; filename*=UTF-8''" + encoded(file));
        headers.put("Content-Security-Policy", "default-src 'none'; sandbox");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Cache-Control", "private, max-age=300");
        return headers;
    }

    private static String encoded(StoredFile file) {
        return URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
