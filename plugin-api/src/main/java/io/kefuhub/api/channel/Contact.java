package io.kefuhub.api.channel;

import java.util.Map;

/**
 * Who writes, as the channel knows it.
 *
 * @param subject the channel's stable name for this person
 * @param verified whether the platform or the site's own server vouches for the subject
 * @param name what people call them; empty when unknown; a label, never a key
 * @param attributes non-secret facts, such as {@code email}; labels unless verified
 */
public record Contact(String subject, boolean verified, String name, Map<String, String> attributes) {
    public Contact {
        attributes = Map.copyOf(attributes);
        if (subject.isEmpty() || subject.length() > 200) throw new IllegalArgumentException("subject");
    }

    public static Contact anonymous(String subject) {
        return new Contact(subject, false, "", Map.of());
    }
}
