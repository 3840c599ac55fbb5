package io.kefuhub.api.filter;

import io.kefuhub.api.Language;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is known around a message. Immutable.
 *
 * @param desk the desk's key
 * @param channel the channel instance's short name
 * @param attributes the customer's non-secret attributes
 * @param firstSeen when the customer first wrote
 * @param recent the same author's texts of the last 60 s, oldest first, at most 10, without this one
 */
public record Facts(
        String desk,
        String channel,
        Language language,
        Map<String, String> attributes,
        Instant firstSeen,
        List<String> recent) {
    public Facts {
        attributes = Map.copyOf(attributes);
        recent = List.copyOf(recent);
    }
}
