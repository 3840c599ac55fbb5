package io.kefuhub.core.filtering;

import io.kefuhub.api.filter.Found;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.conversation.Hold;
import io.kefuhub.core.plugin.Reason;
import io.kefuhub.core.web.Words;
import java.util.List;
import java.util.Optional;

/** What became of a message in the chain. Immutable. */
public sealed interface Filtered {
    /** The message as the last filter left it. */
    Message message();

    /** What each filter said, in order. */
    List<Judged> trail();

    /** What an agent is told whose words a filter stopped. */
    static Words toldAgent(String filter, Reason reason) {
        var why = reason.words();
        return new Words(
                "The filter %s stops it: %s".formatted(filter, why.en()),
                "过滤器 %s 拦截了此消息：%s".formatted(filter, why.zh()));
    }

    /** Why a person must look before it goes on; empty where it may. */
    default Optional<Hold> hold(Stage stage) {
        return switch (this) {
            case Through _ -> Optional.empty();
            case Held(var _, var filter, var reason, var found, var trail) ->
                Optional.of(Why.hold(stage, filter, reason, found, trail.getLast()));
            case Blocked(var _, var filter, var reason, var _, var trail) ->
                Optional.of(Why.hold(stage, filter, reason, List.of(), trail.getLast()));
        };
    }

    /**
     * It may go on.
     *
     * @param changed whether a filter rewrote it
     */
    record Through(Message message, boolean changed, List<Judged> trail) implements Filtered {}

    /**
     * It is kept until a person has looked.
     *
     * @param found what the filter stopped at, as far as it points at it
     */
    record Held(Message message, String filter, Reason reason, List<Found> found, List<Judged> trail)
            implements Filtered {}

    /**
     * It goes no further.
     *
     * @param words what its author is told; empty for the hub's own words
     */
    record Blocked(Message message, String filter, Reason reason, String words, List<Judged> trail)
            implements Filtered {}
}
