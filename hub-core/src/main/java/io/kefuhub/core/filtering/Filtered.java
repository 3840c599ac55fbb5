package io.kefuhub.core.filtering;

import io.kefuhub.api.message.Message;
import io.kefuhub.core.plugin.Reason;
import io.kefuhub.core.web.Words;
import java.util.List;

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

    /**
     * It may go on.
     *
     * @param changed whether a filter rewrote it
     */
    record Through(Message message, boolean changed, List<Judged> trail) implements Filtered {}

    /** It is kept until a person has looked. */
    record Held(Message message, String filter, Reason reason, List<Judged> trail) implements Filtered {}

    /**
     * It goes no further.
     *
     * @param words what its author is told; empty for the hub's own words
     */
    record Blocked(Message message, String filter, Reason reason, String words, List<Judged> trail)
            implements Filtered {}
}
