package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Answer;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Uploads of the app and downloads of what customers sent. */
final class MediaCalls {
    private MediaCalls() {}

    static void addTo(Api api) {
        api.on("POST", "/im/v1/images", MediaCalls::uploadImage);
        api.on("POST", "/im/v1/files", MediaCalls::uploadFile);
        api.raw("GET", "/im/v1/messages/{message_id}/resources/{file_key}", MediaCalls::download);
        api.raw("GET", "/im/v1/images/{key}", MediaCalls::own);
        api.raw("GET", "/im/v1/files/{key}", MediaCalls::own);
    }

    private static ObjectNode uploadImage(AppSide side, Call call) {
        side.app().demand("im:resource");
        side.limits.call("images");
        var upload = upload(call, "image");
        return Json.object()
                .put("image_key", side.media.uploadImage(call.form().getOrDefault("image_type", ""), upload.item()));
    }

    private static ObjectNode uploadFile(AppSide side, Call call) {
        side.app().demand("im:resource");
        side.limits.call("files");
        var upload = upload(call, "file");
        var name = call.form().getOrDefault("file_name", "");
        return Json.object()
                .put("file_key", side.media.uploadFile(call.form().getOrDefault("file_type", ""), name, upload.item()));
    }

    private static Call.Upload upload(Call call, String field) {
        for (var upload : call.uploads()) if (upload.field().equals(field)) return upload;
        throw Code.UPLOAD_WRONG.refusal(field + " is missing");
    }

    private static Answer download(AppSide side, Call call) {
        side.app().demand("im:message", "im:message:readonly", "im:message.p2p_msg:readonly");
        side.limits.call("resources");
        var key = call.parameter("file_key");
        var message = side.messages.find(call.parameter("message_id")).orElseThrow(Code.MESSAGE_GONE::refusal);
        if (message.state().withdrawn()) throw Code.MESSAGE_GONE.refusal();
        var chat = side.people.chat(message.chat()).orElseThrow(Code.KIND_NOT_DOWNLOADABLE::refusal);
        if (!chat.bot()) throw Code.BOT_NOT_IN_CHAT.refusal();
        if (!Drawing.keys(Trees.content(message.content()), message.type()).contains(key)) {
            throw Code.NOT_OF_THIS_MESSAGE.refusal();
        }
        var item = side.media.find(key).orElseThrow(Code.NOT_OF_THIS_MESSAGE::refusal);
        if (message.type().equals("sticker") || message.type().equals("interactive")) {
            throw Code.KIND_NOT_DOWNLOADABLE.refusal();
        }
        if (!call.query("type").equals(item.image() ? "image" : "file")) throw Code.UPLOAD_WRONG.refusal("type");
        if (item.file().size() > Media.LARGEST_DOWNLOAD) throw Code.DOWNLOAD_TOO_LARGE.refusal();
        return file(item);
    }

    private static Answer own(AppSide side, Call call) {
        side.app().demand("im:resource");
        side.limits.call("own");
        var item = side.media.find(call.parameter("key")).orElseThrow(() -> Code.UPLOAD_WRONG.refusal("key"));
        if (!item.byApp()) throw Code.NOT_UPLOADED_BY_APP.refusal();
        return file(item);
    }

    private static Answer file(Media.Item item) {
        var name = URLEncoder.encode(item.file().name(), StandardCharsets.UTF_8).replace("+", "%20");
        return Answer.file(item.file())
                .withHeader("Content-Disposition", "attachment; filename=\"" + name + "\"; filename*=UTF-8''" + name);
    }
}
