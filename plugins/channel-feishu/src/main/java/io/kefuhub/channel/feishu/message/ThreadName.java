package io.kefuhub.channel.feishu.message;

/**
 * What the hub calls a conversation here: a chat, in groups with the person who asks, in topics with the topic. Immutable.
 *
 * @param chat such as {@code oc_…}
 * @param topic such as {@code omt_…}; empty outside of topics
 * @param person the asker in a group; empty where two speak alone
 */
public record ThreadName(String chat, String topic, String person) {
    private static final String TOPIC = "omt_";

    static ThreadName of(CustomerMessage message) {
        return new ThreadName(message.chat(), message.topic(), message.group() ? message.sender() : "");
    }

    public static ThreadName parse(String text) {
        var parts = text.split("/", -1);
        var topic = "";
        var person = "";
        for (var i = 1; i < parts.length; i++) {
            if (parts[i].startsWith(TOPIC)) topic = parts[i];
            else person = parts[i];
        }
        return new ThreadName(parts[0], topic, person);
    }

    /** Whether others may read along, so that an answer says what it answers. */
    public boolean isShared() {
        return !topic.isEmpty() || !person.isEmpty();
    }

    @Override
    public String toString() {
        var text = new StringBuilder(chat);
        if (!topic.isEmpty()) text.append('/').append(topic);
        if (!person.isEmpty()) text.append('/').append(person);
        return text.toString();
    }
}
