package io.kefuhub.channel.feishu.reply;

import io.kefuhub.channel.feishu.api.Answer;
import io.kefuhub.channel.feishu.api.Codes;
import io.kefuhub.channel.feishu.api.FeishuApi;
import io.kefuhub.channel.feishu.message.ThreadName;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Puts messages into chats: below what they answer where others read along. Safe for threads. */
final class Post {
    private static final int LONGEST_UUID = 50;

    private final FeishuApi api;

    Post(FeishuApi api) {
        this.api = api;
    }

    /**
     * @param below the message that it replies to, in a shared thread
     * @param uuid by which the platform recognises a repeat
     */
    Answer send(ThreadName thread, Optional<String> below, Written written, String uuid) {
        if (below.isPresent()) {
            var body = body(written, uuid);
            body.put("reply_in_thread", !thread.topic().isEmpty());
            var answer = api.post("/im/v1/messages/" + below.get() + "/reply", body);
            if (!answer.isRefused(Codes.TARGET_GONE)) return answer;
        }
        var body = body(written, uuid);
        body.put("receive_id", thread.chat());
        return api.post("/im/v1/messages?receive_id_type=chat_id", body);
    }

    private static Map<String, Object> body(Written written, String uuid) {
        var body = new LinkedHashMap<String, Object>();
        body.put("msg_type", written.type());
        body.put("content", written.content());
        body.put("uuid", shortened(uuid));
        return body;
    }

    static String shortened(String uuid) {
        return uuid.length() <= LONGEST_UUID
                ? uuid
                : UUID.nameUUIDFromBytes(uuid.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
