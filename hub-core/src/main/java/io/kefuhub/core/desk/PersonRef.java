package io.kefuhub.core.desk;

import io.kefuhub.core.conversation.Assignee;
import java.util.UUID;

/** A colleague, by name. */
public record PersonRef(UUID id, String name) {
    public static PersonRef of(Assignee assignee) {
        return new PersonRef(assignee.id(), assignee.name());
    }
}
