package io.kefuhub.channel.feishu.event;

import io.kefuhub.ai.exchange.JsonObject;

/**
 * Something that happened on the platform. Immutable.
 *
 * @param id of the event; repeats have the same
 * @param type such as {@code im.message.receive_v1}
 * @param token what the sender says the Verification Token is
 * @param appId whom it is for; empty in the old form
 * @param body what the type says it holds
 */
public record Event(String id, String type, String token, String appId, JsonObject body) {
    /** Reads the new form and the old one; what is neither has an empty type. */
    public static Event of(JsonObject json) {
        var body = json.object("event").orElse(JsonObject.EMPTY);
        var header = json.object("header");
        if (header.isPresent()) {
            var told = header.get();
            return new Event(
                    told.text("event_id", ""),
                    told.text("event_type", ""),
                    told.text("token", ""),
                    told.text("app_id", ""),
                    body);
        }
        // Types of the old form never equal those of the new one.
        var type = json.text("type", "").equals("event_callback") ? "old " + body.text("type", "") : "";
        return new Event(json.text("uuid", ""), type, json.text("token", ""), body.text("app_id", ""), body);
    }
}
