package io.kefuhub.core.plugin.life;

import io.kefuhub.api.CheckResult;
import java.util.List;

/** How an instance is. Immutable. */
public sealed interface InstanceState {
    record Serving() implements InstanceState {}

    /** An admin switched it off. */
    record Off() implements InstanceState {}

    /** No plugin offers what it is made from; it serves as soon as one does. */
    record NoPlugin(String contribution) implements InstanceState {}

    /**
     * Its settings are wrong, or its plugin failed.
     *
     * @param stillServing whether an earlier generation goes on
     */
    record Broken(List<CheckResult.Problem> problems, boolean stillServing) implements InstanceState {
        public Broken {
            problems = List.copyOf(problems);
        }
    }
}
