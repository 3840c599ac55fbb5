package io.kefuhub.core.conversation;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * An agent, as conversations know one.
 *
 * @param name what customers call this person
 */
public record Assignee(UUID id, String name) {
    /** The version of ids that are made of names; people who have an account here get another. */
    private static final int OF_A_NAME = 3;

    /** A colleague who answers in a platform's own client, and need not have an account here. */
    public static Assignee elsewhere(ChannelId channel, String colleague, String name) {
        var named = channel.value() + "/" + colleague;
        return new Assignee(UUID.nameUUIDFromBytes(named.getBytes(StandardCharsets.UTF_8)), name);
    }

    public boolean isElsewhere() {
        return id.version() == OF_A_NAME;
    }
}
