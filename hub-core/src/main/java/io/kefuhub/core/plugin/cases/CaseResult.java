package io.kefuhub.core.plugin.cases;

import io.kefuhub.core.plugin.Refusal;
import io.kefuhub.core.plugin.Refusal.Why;
import java.util.Optional;

/** What became of a golden case. Immutable. */
public sealed interface CaseResult {
    /** Name of the file it stands in. */
    String file();

    record Passed(String file, String name) implements CaseResult {}

    /**
     * @param expected in the words of the case
     * @param got in the same words, or what went wrong
     */
    record Failed(String file, String name, String expected, String got) implements CaseResult {}

    /** A file whose cases, or the rest of them, could not be asked. */
    record NotAsked(String file, Refusal reason) implements CaseResult {}

    /** Why the version is not taken; empty when the case passed. */
    default Optional<Refusal> refusal() {
        return switch (this) {
            case Passed _ -> Optional.empty();
            case Failed(var file, var name, var expected, var got) ->
                Optional.of(Refusal.of(Why.CASE_FAILED, name, file, expected, got));
            case NotAsked(var _, var reason) -> Optional.of(reason);
        };
    }
}
