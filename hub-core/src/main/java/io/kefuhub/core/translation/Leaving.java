package io.kefuhub.core.translation;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Filtered;
import io.kefuhub.core.models.screening.Placeholders;
import java.util.List;
import java.util.Optional;

/**
 * Lets the filters see what is about to leave for a translator, as they see what leaves for a model: what they put out of
 * sight does not leave, and is put back into what comes. Safe for threads.
 */
final class Leaving {
    private final FilterChain filters;

    Leaving(FilterChain filters) {
        this.filters = filters;
    }

    /**
     * What may leave.
     *
     * @param texts as many as there were
     * @param hidden what stands in the place of something; empty for nothing
     */
    record Screened(List<String> texts, Optional<Placeholders> hidden) {
        List<String> restored(List<String> made) {
            return hidden.isEmpty()
                    ? made
                    : made.stream()
                            .map(text -> hidden.get().restored(text, false))
                            .toList();
        }
    }

    /** Judges texts as one message; empty when they may not leave. */
    Optional<Screened> screened(ConversationId conversation, Facts facts, List<String> texts) {
        var parts = texts.stream().<Part>map(Part.Text::new).toList();
        var judged = filters.forModel(conversation, new Message(parts), facts);
        if (!(judged.filtered() instanceof Filtered.Through(var message, var _, var _))) return Optional.empty();
        var now = Renderings.texts(message.parts());
        if (now.size() != texts.size()) return Optional.empty();
        var hidden = judged.placeholders().isEmpty()
                ? Optional.<Placeholders>empty()
                : Optional.of(new Placeholders(judged.placeholders()));
        return Optional.of(new Screened(now, hidden));
    }
}
