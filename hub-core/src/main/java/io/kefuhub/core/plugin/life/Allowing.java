package io.kefuhub.core.plugin.life;

import io.kefuhub.api.CheckResult;
import java.util.List;

/** What came of adding a line to what a filter lets pass. */
public sealed interface Allowing {
    /** It is there, and counts from the next message on. */
    record Added() implements Allowing {}

    /** The filter is gone, or takes no such lines. */
    record NoList() implements Allowing {}

    /** A file declares the filter. */
    record OfFile(String file) implements Allowing {}

    /** The filter judges for desks that are not theirs. */
    record NotTheirs() implements Allowing {}

    /** With the line the filter cannot work; nothing has changed. */
    record Refused(List<CheckResult.Problem> problems) implements Allowing {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
