package io.kefuhub.channel.web.identity;

import java.util.Map;

/**
 * A customer the site's own server vouches for. Immutable.
 *
 * @param subject the site's stable name for the customer
 * @param name empty when the site did not say
 * @param attributes what the site says of the customer, such as {@code email} and {@code level}; none of it secret
 */
public record Identity(String subject, String name, Map<String, String> attributes) {
    static final int LONGEST_SUBJECT = 128;
    private static final int LONGEST_LABEL = 200;

    public Identity {
        if (!isSubject(subject)) throw new IllegalArgumentException("not a subject");
        name = label(name);
        attributes = Map.copyOf(attributes);
    }

    static boolean isSubject(String subject) {
        return !subject.isBlank()
                && subject.length() <= LONGEST_SUBJECT
                && subject.chars().noneMatch(Character::isISOControl);
    }

    /** Cuts what is only shown to a sensible length, without control characters. */
    public static String label(String text) {
        var clean = text.replaceAll("\\p{Cntrl}", " ").strip();
        return clean.length() <= LONGEST_LABEL ? clean : clean.substring(0, LONGEST_LABEL);
    }
}
