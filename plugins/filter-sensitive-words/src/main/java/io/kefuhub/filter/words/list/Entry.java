package io.kefuhub.filter.words.list;

import io.kefuhub.api.filter.Stage;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * One word of a list and what becomes of messages with it. Immutable.
 *
 * @param text a word, or a regular expression between two slashes
 * @param category what kind of word it is; becomes a tag
 * @param level how grave, 1 to 5
 * @param stages where it is looked for
 * @param until its last day; empty for always
 */
public record Entry(
        String text, String category, int level, Action action, Set<Stage> stages, Optional<LocalDate> until) {
    public Entry {
        stages = Set.copyOf(stages);
    }

    public boolean isExpression() {
        return text.length() > 2 && text.startsWith("/") && text.endsWith("/");
    }

    /** The regular expression without its slashes. */
    public String expression() {
        return text.substring(1, text.length() - 1);
    }

    /** Whether it counts on a day. */
    public boolean isInForce(LocalDate day) {
        return until.map(last -> !day.isAfter(last)).orElse(true);
    }
}
