package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.channel.Contact;
import java.time.Instant;
import java.util.Map;

/**
 * Where something that somebody did comes from.
 *
 * @param msgId the platform's name for it
 * @param userId who did it
 * @param chatId the group it was done in; empty in a chat of two
 * @param answerTo what it is answered by: an address for one answer, which is a secret, or the name of its frame; empty when
 *     there is neither
 */
record Origin(String msgId, String userId, String chatId, Instant at, String answerTo) {
    private static final String SEPARATOR = ":";

    /** A thread of its own for each person in a group, so that nobody is answered with what another asked. */
    String thread() {
        return chatId.isEmpty() ? userId : chatId + SEPARATOR + userId;
    }

    /** Where in the platform a thread is shown: the group, or the person. */
    static String chat(String thread) {
        var end = thread.indexOf(SEPARATOR);
        return end < 0 ? thread : thread.substring(0, end);
    }

    boolean isGroup() {
        return !chatId.isEmpty();
    }

    Contact contact() {
        return new Contact(userId, true, "", Map.of());
    }

    Map<String, Object> kept() {
        return Map.of("msg", msgId, "user", userId, "chat", chatId, "at", at.toEpochMilli(), "to", answerTo);
    }

    static Origin of(JsonObject kept) {
        return new Origin(
                kept.text("msg", ""),
                kept.text("user", ""),
                kept.text("chat", ""),
                Instant.ofEpochMilli(kept.number("at", 0)),
                kept.text("to", ""));
    }

    Origin answeredTo(String frame) {
        return new Origin(msgId, userId, chatId, at, frame);
    }

    @Override
    public String toString() {
        return "Origin[" + msgId + "]";
    }
}
