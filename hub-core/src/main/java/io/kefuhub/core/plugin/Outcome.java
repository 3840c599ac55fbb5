package io.kefuhub.core.plugin;

import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.respond.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An answer as the two sides of a trial are compared by it. Immutable.
 *
 * @param word {@code pass}, {@code rewrite}, {@code hold} or {@code block} of a filter; {@code answered}, {@code
 *     offered}, {@code handed over} or {@code passed} of a responder
 * @param source kind of what a responder answered from, such as {@code knowledge}; empty for anything else
 * @param sourceId which one of that kind
 * @param asked whether it was asked at all: a filter that does not judge at a stage lets everything pass there
 * @param substance the words themselves; compared and never shown
 */
public record Outcome(String word, Set<String> tags, String source, String sourceId, boolean asked, Object substance) {
    /** What a filter says at a stage where it does not judge. */
    public static final Outcome UNASKED = new Outcome("pass", Set.of(), "", "", false, "");

    /** In what two answers differ. */
    public enum Aspect {
        WORD,
        SOURCE,
        TEXT,
        TAGS
    }

    public Outcome {
        tags = Set.copyOf(tags);
    }

    public static Outcome of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pass(var tags) -> filter("pass", tags, "");
            case Verdict.Rewrite(var parts, var tags, var placeholders) ->
                filter("rewrite", tags, List.of(parts, placeholders));
            case Verdict.Hold(var _, var tags, var _) -> filter("hold", tags, "");
            case Verdict.Block(var _, var _, var tags) -> filter("block", tags, "");
        };
    }

    private static Outcome filter(String word, Set<String> tags, Object substance) {
        return new Outcome(word, tags, "", "", true, substance);
    }

    public static Outcome of(Response response) {
        return switch (response) {
            case Response.Answer(var parts, var source) -> responder("answered", source.kind(), source.id(), parts);
            case Response.Menu(var menu, var source) -> responder("offered", source.kind(), source.id(), menu);
            case Response.HandOver(var _, var words) -> responder("handed over", "", "", words);
            case Response.Pass _ -> responder("passed", "", "", "");
        };
    }

    private static Outcome responder(String word, String source, String sourceId, Object substance) {
        return new Outcome(word, Set.of(), source, sourceId, true, substance);
    }

    /** Says in what it differs from another, the weightiest first; empty when they agree. */
    Optional<Aspect> differsFrom(Outcome other) {
        if (!word.equals(other.word)) return Optional.of(Aspect.WORD);
        if (!source.equals(other.source) || !sourceId.equals(other.sourceId)) return Optional.of(Aspect.SOURCE);
        if (!substance.equals(other.substance)) return Optional.of(Aspect.TEXT);
        return tags.equals(other.tags) ? Optional.empty() : Optional.of(Aspect.TAGS);
    }
}
