package io.kefuhub.core.gateway;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.web.ProgramError;
import io.kefuhub.core.web.Words;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Lets the desk's filters see what is about to leave for a model. Safe for threads. */
final class Screening {
    private final FilterChain filters;
    private final Ids ids;
    private final InstantSource clock;

    Screening(FilterChain filters, Ids ids, InstantSource clock) {
        this.filters = filters;
        this.ids = ids;
        this.clock = clock;
    }

    /** One call's way past the filters. */
    Screen of(Desk desk) {
        var facts = new Facts(desk.key(), "", desk.language(), Map.of(), clock.instant(), List.of());
        return new Screen(new ConversationId(ids.next()), facts);
    }

    /** One call's texts are judged one after the other, by the same version of each filter. */
    final class Screen {
        private final ConversationId call;
        private final Facts facts;

        private Screen(ConversationId call, Facts facts) {
            this.call = call;
            this.facts = facts;
        }

        /** The text as it may leave. What would wait for a person is refused: no program waits so long. */
        String leaves(String text) {
            if (text.isBlank()) return text;
            return switch (filters.apply(call, Message.of(text), facts, Stage.TO_MODEL)) {
                case Filtered.Through through ->
                    through.changed() ? through.message().text() : text;
                case Filtered.Held _, Filtered.Blocked _ ->
                    throw ProgramError.wrong(
                            "messages",
                            "content_policy_violation",
                            new Words(
                                    "A filter of this hub does not let the messages go to a model.",
                                    "本系统的过滤器不允许将此消息发送给模型。"));
            };
        }
    }
}
