package io.kefuhub.core.desk;

import io.kefuhub.core.conversation.Assignee;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Words;
import java.util.Map;

/** What came of something an agent did. */
sealed interface Doing {
    record Done() implements Doing {}

    /** Somebody else has the conversation. */
    record Taken(Assignee by) implements Doing {}

    /** Nobody has it, so it must be taken first. */
    record NotTaken() implements Doing {}

    /** Refuses what could not be done. */
    default void orRefuse() {
        switch (this) {
            case Done() -> {}
            case Taken(var by) -> throw taken(by);
            case NotTaken() -> throw Problem.of(ProblemType.NOT_TAKEN);
        }
    }

    static Problem taken(Assignee by) {
        return Problem.of(ProblemType.TAKEN, new Words("%s has it.", "%s 正在接待。").with(by.name()))
                .with("assignee", Map.of("id", by.id(), "name", by.name()));
    }
}
