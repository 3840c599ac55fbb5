package io.kefuhub.channel.feishu.message;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message as the platform tells of it. Immutable.
 *
 * @param parent the message it replies to; empty when it replies to none
 * @param root where that exchange began
 * @param topic the thread it stands in; empty outside of threads
 * @param edited when it was changed, where it was
 * @param content what the type says it holds
 * @param sender the open id of who wrote it
 * @param byPerson whether a person wrote it, and no app
 */
record CustomerMessage(
        String id,
        String parent,
        String root,
        String topic,
        Instant at,
        Optional<Instant> edited,
        String chat,
        boolean group,
        String type,
        JsonObject content,
        List<Mention> mentions,
        String sender,
        boolean byPerson) {
    /**
     * @param key what stands for it in the text, such as {@code @_user_1}
     * @param openId whom it means
     */
    record Mention(String key, String openId, String name) {}

    /** Reads the event of a message; empty when it lacks what every message has. */
    static Optional<CustomerMessage> of(JsonObject event) {
        var message = event.object("message").orElse(JsonObject.EMPTY);
        var sender = event.object("sender").orElse(JsonObject.EMPTY);
        var openId =
                sender.object("sender_id").map(id -> id.text("open_id", "")).orElse("");
        var id = message.text("message_id", "");
        var chat = message.text("chat_id", "");
        if (id.isEmpty() || chat.isEmpty() || openId.isEmpty()) return Optional.empty();
        var at = time(message.word("create_time"));
        return Optional.of(new CustomerMessage(
                id,
                message.text("parent_id", ""),
                message.text("root_id", ""),
                message.text("thread_id", ""),
                at.orElse(Instant.EPOCH),
                time(message.word("update_time"))
                        .filter(changed -> at.filter(changed::isAfter).isPresent()),
                chat,
                !message.text("chat_type", "").equals("p2p"),
                message.text("message_type", "unknown"),
                content(message.text("content", "")),
                mentions(message),
                openId,
                sender.text("sender_type", "user").equals("user")));
    }

    /** Reads a message as it is found by its id, quoted or forwarded. */
    static Optional<CustomerMessage> found(JsonObject item, CustomerMessage context) {
        var id = item.text("message_id", "");
        if (id.isEmpty()) return Optional.empty();
        var body = item.object("body").orElse(JsonObject.EMPTY);
        return Optional.of(new CustomerMessage(
                id,
                "",
                "",
                "",
                time(item.word("create_time")).orElse(context.at()),
                Optional.empty(),
                context.chat(),
                context.group(),
                item.text("msg_type", "unknown"),
                content(body.text("content", "")),
                mentions(item),
                item.object("sender").map(one -> one.text("id", "")).orElse(""),
                item.object("sender")
                        .map(one -> one.text("sender_type", "").equals("user"))
                        .orElse(false)));
    }

    private static JsonObject content(String text) {
        return Json.object(text).orElse(JsonObject.EMPTY);
    }

    private static List<Mention> mentions(JsonObject message) {
        return message.objects("mentions").stream()
                .map(one -> new Mention(
                        one.text("key", ""),
                        one.object("id")
                                .flatMap(id -> id.text("open_id"))
                                .or(() -> one.text("id"))
                                .orElse(""),
                        one.text("name", "")))
                .toList();
    }

    static Optional<Instant> time(String millis) {
        try {
            var number = Long.parseLong(millis);
            return number > 0 ? Optional.of(Instant.ofEpochMilli(number)) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** The message it quotes; empty for none. In a topic everything replies to its beginning, which is no quote. */
    String quotes() {
        return !topic.isEmpty() && parent.equals(root) ? "" : parent;
    }

    boolean mentions(String openId) {
        return mentions.stream().anyMatch(one -> one.openId().equals(openId));
    }

    /** What tells this event about it from others: an edit is not the message before. */
    String eventName() {
        return edited.map(at -> id + ":" + at.toEpochMilli()).orElse(id);
    }

    /** The platform's id in what the hub stores a message under; empty for what is no message of the platform's. */
    static Optional<String> platformId(String externalId) {
        if (!externalId.startsWith("om_")) return Optional.empty();
        var end = externalId.indexOf(':');
        return Optional.of(end < 0 ? externalId : externalId.substring(0, end));
    }
}
