package io.kefuhub.core.gateway;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.web.ProgramError;
import io.kefuhub.core.web.Words;
import java.time.InstantSource;
import java.util.ArrayList;
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

    /**
     * What may leave.
     *
     * @param texts as many as came, in their order
     * @param placeholders what to put back into the answer, by placeholder
     */
    record Leaving(List<String> texts, Map<String, String> placeholders) {}

    /**
     * Has all texts of a call judged as one message, so that what stands for something in one of them stands for the same
     * in all.
     */
    Leaving screened(Desk desk, List<String> texts) {
        var parts = texts.stream()
                .filter(text -> !text.isBlank())
                .<Part>map(Part.Text::new)
                .toList();
        var facts = new Facts(desk.key(), "", desk.language(), Map.of(), clock.instant(), List.of());
        var judged = filters.forModel(new ConversationId(ids.next()), new Message(parts), facts);
        if (!(judged.filtered() instanceof Filtered.Through through)) throw refused();
        if (!through.changed()) return new Leaving(texts, Map.of());
        return new Leaving(putBack(texts, through.message().parts()), judged.placeholders());
    }

    /** A filter that makes fewer or more of the texts leaves nobody knowing who said what. */
    private static List<String> putBack(List<String> texts, List<Part> parts) {
        var changed = parts.iterator();
        var all = new ArrayList<String>(texts.size());
        for (var text : texts) {
            if (text.isBlank()) all.add(text);
            else if (changed.hasNext() && changed.next() instanceof Part.Text(var now)) all.add(now);
            else throw refused();
        }
        if (changed.hasNext()) throw refused();
        return all;
    }

    /** What would wait for a person is refused too: no program waits so long. */
    private static ProgramError refused() {
        return ProgramError.wrong(
                "messages",
                "content_policy_violation",
                new Words("A filter of this hub does not let the messages go to a model.", "本系统的过滤器不允许将此消息发送给模型。"));
    }
}
