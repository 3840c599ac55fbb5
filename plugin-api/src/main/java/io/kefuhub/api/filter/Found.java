package io.kefuhub.api.filter;

/**
 * Something in a message that a filter stopped at: whoever looks at the message is shown it and may have it covered, and
 * what found it is counted. Immutable.
 *
 * @param rule what found it, in the filter's own words, such as a listed word or the name of a rule; never what was
 *     written; 1 to 200 characters
 * @param part which part of the message it is in, from 0
 * @param from where it begins in the text of that part: of a text, or what a menu says above its options
 * @param to where it ends; the same as {@code from} where that text does not hold it, as with a menu's option
 */
public record Found(String rule, int part, int from, int to) {
    private static final int LONGEST_RULE = 200;

    public Found {
        if (rule.isBlank() || rule.length() > LONGEST_RULE) throw new IllegalArgumentException("not a rule's name");
        if (part < 0 || from < 0 || to < from) throw new IllegalArgumentException("not a place in a message");
    }
}
