package io.kefuhub.channel.feishu;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.kit.FakeClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds events as the platform tells of them. Immutable but for its own building. */
final class Told {
    static final String PERSON = "ou_84aad35d084aa403a838cf73ee18467";
    static final String CHAT = "oc_5ce6d572455d361153b7xx51da133945";
    private static final String MILLIS = String.valueOf(FakeClock.START.toEpochMilli());

    private final Map<String, Object> message = new LinkedHashMap<>();
    private final List<Object> mentions = new ArrayList<>();
    private String sender = PERSON;
    private String senderType = "user";
    private String eventId = "event-1";
    private String app = PlayedPlatform.APP;

    private Told(String id, String type, Map<String, ?> content) {
        message.put("message_id", id);
        message.put("create_time", MILLIS);
        message.put("chat_id", CHAT);
        message.put("chat_type", "p2p");
        message.put("message_type", type);
        message.put("content", Json.write(content));
    }

    static Told text(String id, String text) {
        return new Told(id, "text", Map.of("text", text));
    }

    static Told of(String id, String type, Map<String, ?> content) {
        return new Told(id, type, content);
    }

    Told inGroup() {
        message.put("chat_type", "group");
        return this;
    }

    Told inChat(String chat) {
        message.put("chat_id", chat);
        return this;
    }

    Told inTopic(String topic) {
        message.put("thread_id", topic);
        return this;
    }

    Told mentioning(String key, String openId, String name) {
        mentions.add(Map.of("key", key, "id", Map.of("open_id", openId), "name", name));
        return this;
    }

    Told replyingTo(String id) {
        message.put("parent_id", id);
        message.put("root_id", id);
        return this;
    }

    Told edited(long later) {
        message.put("update_time", String.valueOf(FakeClock.START.toEpochMilli() + later));
        return this;
    }

    Told by(String person, String type) {
        sender = person;
        senderType = type;
        return this;
    }

    Told asEvent(String id) {
        eventId = id;
        return this;
    }

    Told forApp(String other) {
        app = other;
        return this;
    }

    String json() {
        message.put("mentions", mentions);
        var from = Map.of("sender_id", Map.of("open_id", sender), "sender_type", senderType);
        return event(eventId, "im.message.receive_v1", app, Wired.TOKEN, Map.of("sender", from, "message", message));
    }

    static String event(String id, String type, Map<String, ?> body) {
        return event(id, type, PlayedPlatform.APP, Wired.TOKEN, body);
    }

    static String event(String id, String type, String app, String token, Map<String, ?> body) {
        var header = new LinkedHashMap<String, Object>();
        header.put("event_id", id);
        header.put("event_type", type);
        header.put("create_time", MILLIS);
        header.put("token", token);
        header.put("app_id", app);
        return Json.write(Map.of("schema", "2.0", "header", header, "event", body));
    }
}
