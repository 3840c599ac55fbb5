package io.kefuhub.channel.feishu.message;

import io.kefuhub.api.channel.Incoming;
import java.util.List;
import java.util.Map;

/** What a channel makes of an event. */
public sealed interface Taken {
    /** What the platform is told, such as words that a customer sees for a moment; empty for nothing. */
    Map<String, Object> reply();

    /**
     * It brings messages.
     *
     * @param messages stored before the platform is told anything
     */
    record Messages(List<Incoming> messages, Map<String, Object> reply) implements Taken {
        public Messages {
            messages = List.copyOf(messages);
        }
    }

    /** All that was to be done has been done. */
    record Done(Map<String, Object> reply) implements Taken {}
}
