package io.kefuhub.core.conversation;

import java.util.UUID;

/** Names what a filter keeps for review. */
public record HoldId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
