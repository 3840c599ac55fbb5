package io.kefuhub.core.conversation;

import io.kefuhub.api.Language;
import java.util.Map;
import java.util.Optional;

/**
 * A department or brand of the organisation. Immutable.
 *
 * @param key what files and addresses call it
 * @param titles what people read, by language tag
 * @param language what it answers in when the customer's is unknown
 * @param managedBy the file that declares it
 */
public record Desk(
        DeskId id,
        String key,
        Map<String, String> titles,
        Language language,
        boolean enabled,
        Optional<String> managedBy) {
    public Desk {
        titles = Map.copyOf(titles);
    }
}
