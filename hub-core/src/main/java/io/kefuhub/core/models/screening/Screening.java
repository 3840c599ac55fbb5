package io.kefuhub.core.models.screening;

import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.models.Payer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets the filters see what is about to leave for a model. Safe for threads. */
public final class Screening {
    private final FilterChain filters;
    private final Surroundings surroundings;
    private final Ids ids;

    public Screening(FilterChain filters, Surroundings surroundings, Ids ids) {
        this.filters = filters;
        this.surroundings = surroundings;
        this.ids = ids;
    }

    /** What may leave. */
    sealed interface Screened {
        /** All of it, as it is. */
        record AsItIs() implements Screened {}

        /**
         * @param texts as many as came, in their order
         * @param placeholders what to put back into the answer; empty for nothing
         */
        record Rewritten(List<String> texts, Optional<Placeholders> placeholders) implements Screened {
            public Rewritten {
                texts = List.copyOf(texts);
            }
        }

        /** @param why for an admin: the filter and what it said */
        record Refused(String why) implements Screened {}
    }

    /**
     * Has all texts of a question judged as one message, so that what stands for something in one of them stands for the
     * same in all. What would wait for a person is refused too: no question to a model waits so long.
     */
    Screened screened(Payer payer, List<String> texts) {
        var conversation = new ConversationId(payer.conversation().orElseGet(ids::next));
        if (filters.asksNobody(conversation, payer.desk(), Stage.TO_MODEL)) return new Screened.AsItIs();
        var parts = texts.stream()
                .filter(text -> !text.isBlank())
                .<Part>map(Part.Text::new)
                .toList();
        if (parts.isEmpty()) return new Screened.AsItIs();
        var judged = filters.forModel(conversation, new Message(parts), surroundings.of(payer));
        return switch (judged.filtered()) {
            case Filtered.Held(var _, var filter, var _, var _, var _) -> new Screened.Refused(filter + " holds it");
            case Filtered.Blocked(var _, var filter, var _, var _, var _) ->
                new Screened.Refused(filter + " blocks it");
            case Filtered.Through(var _, var changed, var _) when !changed -> new Screened.AsItIs();
            case Filtered.Through(var message, var _, var _) ->
                putBack(texts, message.parts())
                        .<Screened>map(all -> new Screened.Rewritten(
                                all,
                                Optional.of(judged.placeholders())
                                        .filter(hidden -> !hidden.isEmpty())
                                        .map(Placeholders::new)))
                        .orElseGet(() -> new Screened.Refused("a filter made fewer or more texts of it"));
        };
    }

    /** A filter that makes fewer or more of the texts leaves nobody knowing who said what. */
    private static Optional<List<String>> putBack(List<String> texts, List<Part> parts) {
        var changed = parts.iterator();
        var all = new ArrayList<String>(texts.size());
        for (var text : texts) {
            if (text.isBlank()) all.add(text);
            else if (changed.hasNext() && changed.next() instanceof Part.Text(var now)) all.add(now);
            else return Optional.empty();
        }
        return changed.hasNext() ? Optional.empty() : Optional.of(all);
    }
}
