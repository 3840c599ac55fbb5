package io.kefuhub.core.intake;

import io.kefuhub.api.CheckResult;
import java.util.List;

/** How an instance of a channel is. Immutable. */
public sealed interface ChannelState {
    record Serving() implements ChannelState {}

    /** An admin switched it off. */
    record Off() implements ChannelState {}

    /** No plugin offers what it is made from. */
    record NoPlugin(String contribution) implements ChannelState {}

    /** Its settings are wrong, or its plugin failed. */
    record Broken(List<CheckResult.Problem> problems) implements ChannelState {
        public Broken {
            problems = List.copyOf(problems);
        }
    }
}
