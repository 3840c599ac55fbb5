package io.kefuhub.core.filtering;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One message's way through the chain; a walk that begins again makes it anew. One thread only. */
final class Passage {
    private final Guard guard;
    private final Facts facts;
    private final Stage stage;
    private final BooleanSupplier outdated;
    private final List<Judged> trail = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();
    private final List<Message> left = new ArrayList<>();
    private final Map<String, String> placeholders = new HashMap<>();
    private Message message;
    private boolean changed;
    private boolean overtaken;

    /**
     * What a trial is to be told when the message is through.
     *
     * @param byCandidate whose turn it was
     * @param message as it came to this filter
     * @param asked empty when the one whose turn it was does not judge at this stage
     */
    record Heard(Trial<Filter> trial, boolean byCandidate, Message message, Optional<Asked<Verdict>> asked) {}

    /**
     * @param outdated whether what is plugged in has changed since the message set out
     */
    Passage(Guard guard, Message message, Facts facts, Stage stage, BooleanSupplier outdated) {
        this.guard = guard;
        this.message = message;
        this.facts = facts;
        this.stage = stage;
        this.outdated = outdated;
    }

    /** What was put out of sight on the way, by what stands in its place. */
    Map<String, String> placeholders() {
        return Map.copyOf(placeholders);
    }

    /** The message as each that it came by left it, in order. */
    List<Message> left() {
        return List.copyOf(left);
    }

    /** What is to be told of it afterwards, once. */
    List<Heard> heard() {
        return heard;
    }

    /** Returns what became of the message; empty when a filter was closed before it could be asked, for a newer one. */
    Optional<Filtered> through(List<Place> places) {
        for (var place : places) {
            var asked = ask(place);
            if (overtaken) return Optional.empty();
            var end = asked.flatMap(it -> decide(place, it));
            left.add(message);
            if (end.isPresent()) return end;
        }
        return Optional.of(new Filtered.Through(message, changed, List.copyOf(trail)));
    }

    /** Asks whose turn it is: the candidate where it counts, and the serving one where it does not or has no answer. */
    private Optional<Asked<Verdict>> ask(Place place) {
        if (place.candidateCounts()) {
            var trial = place.trial().orElseThrow();
            if (!place.candidateJudges()) return hear(place, true, Optional.empty());
            var asked = ask(trial.candidate(), true);
            hear(place, true, Optional.of(asked));
            if (asked instanceof Asked.Answered<Verdict>) return Optional.of(asked);
        }
        var asked = place.servingJudges() ? Optional.of(ask(place.serving(), false)) : Optional.<Asked<Verdict>>empty();
        return place.candidateCounts() ? asked : hear(place, false, asked);
    }

    private Asked<Verdict> ask(Slot<Filter> slot, boolean candidate) {
        var asked = guard.apply(slot, message, facts, stage);
        overtaken = asked instanceof Asked.Unavailable<Verdict> && slot.isClosed() && outdated.getAsBoolean();
        trail.add(Judged.by(slot, candidate, asked));
        return asked;
    }

    private Optional<Asked<Verdict>> hear(Place place, boolean byCandidate, Optional<Asked<Verdict>> asked) {
        place.trial().ifPresent(trial -> heard.add(new Heard(trial, byCandidate, message, asked)));
        return asked;
    }

    /** Does what the filter said; returns the end, if this is one. */
    private Optional<Filtered> decide(Place place, Asked<Verdict> asked) {
        var name = place.serving().instance();
        if (!(asked instanceof Asked.Answered<Verdict>(var verdict, var _))) {
            return switch (place.serving().terms().whenFailed()) {
                case PASS -> Optional.empty();
                case HOLD -> Optional.of(new Filtered.Held(message, name, asked.why(), List.of(), List.copyOf(trail)));
                case BLOCK -> Optional.of(new Filtered.Blocked(message, name, asked.why(), "", List.copyOf(trail)));
            };
        }
        return switch (verdict) {
            case Verdict.Pass _ -> Optional.empty();
            case Verdict.Rewrite(var parts, var _, var hidden) -> {
                message = message.withParts(parts);
                placeholders.putAll(hidden);
                changed = true;
                yield Optional.empty();
            }
            case Verdict.Hold(var _, var _, var found) ->
                Optional.of(new Filtered.Held(message, name, trail.getLast().reason(), found, List.copyOf(trail)));
            case Verdict.Block(var _, var words, var _) ->
                Optional.of(new Filtered.Blocked(message, name, trail.getLast().reason(), words, List.copyOf(trail)));
        };
    }
}
