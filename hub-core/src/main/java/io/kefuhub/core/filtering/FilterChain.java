package io.kefuhub.core.filtering;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Outcome;
import io.kefuhub.core.plugin.Scope;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Snapshot;
import io.kefuhub.core.plugin.Subject;
import io.kefuhub.core.plugin.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks the filters in the admin's order until one stops the message. Safe for threads.
 *
 * <p>Which version of a filter judges, where one is on trial, depends on the conversation alone. A message that sets out
 * while a filter is replaced is judged by the old one or the new one, never by none.
 */
public final class FilterChain {
    private final Contributions contributions;
    private final Guard guard;
    private final Consumer<List<Judged>> told;

    public FilterChain(Contributions contributions, Guard guard) {
        this(contributions, guard, _ -> {});
    }

    /** @param told what filters said of each message, once; must be quick */
    public FilterChain(Contributions contributions, Guard guard, Consumer<List<Judged>> told) {
        this.contributions = contributions;
        this.guard = guard;
        this.told = told;
    }

    public Filtered apply(ConversationId conversation, Message message, Facts facts, Stage stage) {
        return judged(conversation, message, facts, stage, Optional.empty()).filtered();
    }

    /**
     * Goes on behind a filter whose word a person overruled: as if that one, and those before it, had let the message
     * pass as it is now. Where the filter is gone, all are asked.
     */
    public Filtered resume(ConversationId conversation, Message message, Facts facts, Stage stage, String overruled) {
        return judged(conversation, message, facts, stage, Optional.of(overruled))
                .filtered();
    }

    /** Whether nobody judges what is said at a stage, so that it need not be put together to be judged. */
    public boolean asksNobody(ConversationId conversation, String desk, Stage stage) {
        var question = new Trial.Question(conversation.toString(), stage.name());
        return places(contributions.now(), question, desk, stage).isEmpty();
    }

    /** Whether anybody, in any desk's name, may judge what is said at a stage. */
    public boolean asksSomebody(Stage stage) {
        var snapshot = contributions.now();
        return snapshot.filters().stream()
                .filter(serving -> !serving.terms().scope().skipped().contains(stage))
                .anyMatch(serving -> {
                    var stages = guard.stages(serving);
                    return stages.contains(stage)
                            || (stages.isEmpty() && serving.isClosed())
                            || snapshot.filterTrial(serving.instance()).isPresent();
                });
    }

    /** Asks what may leave for a model, and keeps what to put back into its answer. */
    public ForModel forModel(ConversationId conversation, Message message, Facts facts) {
        return judged(conversation, message, facts, Stage.TO_MODEL, Optional.empty());
    }

    /**
     * What may leave for a model.
     *
     * @param placeholders what to put back into the answer, by placeholder
     */
    public record ForModel(Filtered filtered, Map<String, String> placeholders) {}

    private ForModel judged(
            ConversationId conversation, Message message, Facts facts, Stage stage, Optional<String> overruled) {
        var question = new Trial.Question(conversation.toString(), stage.name());
        var subject = Subject.now().in(conversation.toString());
        while (true) {
            var snapshot = contributions.now();
            var all = places(snapshot, question, facts.desk(), stage);
            var places = overruled.map(filter -> behind(filter, all)).orElse(all);
            if (places.isEmpty()) return new ForModel(new Filtered.Through(message, false, List.of()), Map.of());
            var passage = guard.walk(
                    slots(places),
                    () -> subject.of(() -> {
                        var attempt = new Passage(guard, message, facts, stage, () -> contributions.now() != snapshot);
                        return new Passed(attempt.through(places), attempt.heard(), attempt.placeholders());
                    }));
            if (passage.filtered().isEmpty()) continue;
            told.accept(passage.filtered().get().trail());
            passage.heard().forEach(heard -> tell(heard, question, facts, stage));
            return new ForModel(passage.filtered().get(), passage.placeholders());
        }
    }

    private record Passed(Optional<Filtered> filtered, List<Passage.Heard> heard, Map<String, String> placeholders) {}

    /**
     * Says how many characters of a growing answer may be shown now: as many as every filter of what is said allows, each
     * in the version that will judge the whole answer. None where one cannot say.
     */
    public int safeUntil(ConversationId conversation, String soFar, Facts facts) {
        var snapshot = contributions.now();
        var question = new Trial.Question(conversation.toString(), Stage.BOT_OUT.name());
        var places = places(snapshot, question, facts.desk(), Stage.BOT_OUT);
        return guard.walk(slots(places), () -> {
            var safe = soFar.length();
            for (var place : places) safe = Math.min(safe, safeUntil(place, soFar, facts));
            return safe;
        });
    }

    private int safeUntil(Place place, String soFar, Facts facts) {
        if (place.candidateCounts()) {
            if (!place.candidateJudges()) return soFar.length();
            var asked = guard.safeUntil(place.trial().orElseThrow().candidate(), soFar, facts);
            if (asked.answer().isPresent()) return asked.answer().get();
        }
        return place.servingJudges()
                ? guard.safeUntil(place.serving(), soFar, facts).orElse(0)
                : soFar.length();
    }

    /** Settles who is asked; filters on whose verdict nothing depends at this stage are left out. */
    private List<Place> places(Snapshot snapshot, Trial.Question question, String desk, Stage stage) {
        var places = new ArrayList<Place>(snapshot.filters().size());
        for (var serving : snapshot.filters()) {
            if (!covers(serving.terms().scope(), desk, stage)) continue;
            var stages = guard.stages(serving);
            var judges = stages.contains(stage) || (stages.isEmpty() && serving.isClosed());
            var trial = snapshot.filterTrial(serving.instance());
            if (trial.isPresent()) {
                var place = place(serving, judges, trial.get(), question, stage);
                if (place.servingJudges() || place.candidateJudges()) places.add(place);
            } else if (judges) {
                places.add(new Place(serving, true, Optional.empty(), false, false));
            }
        }
        return places;
    }

    private static List<Place> behind(String filter, List<Place> places) {
        for (var at = 0; at < places.size(); at++) {
            if (places.get(at).serving().instance().equals(filter)) return places.subList(at + 1, places.size());
        }
        return places;
    }

    /** What leaves for a model in no desk's name, such as all that is known, is judged by the filters of every desk. */
    private static boolean covers(Scope scope, String desk, Stage stage) {
        if (stage == Stage.TO_MODEL && desk.isEmpty()) return !scope.skipped().contains(stage);
        return scope.covers(desk, stage);
    }

    private Place place(
            Slot<Filter> serving, boolean judges, Trial<Filter> trial, Trial.Question question, Stage stage) {
        if (trial.takes(question.conversation())) {
            var stages = guard.stages(trial.candidate());
            if (!stages.isEmpty()) return new Place(serving, judges, Optional.of(trial), true, stages.contains(stage));
            trial.tried(new Asked.Failed<>("does not say its stages", 0));
            return new Place(serving, judges, Optional.empty(), false, false);
        }
        // Not asked now, because no message waits for a candidate that does not count.
        var known = guard.knownStages(trial.candidate());
        var candidateJudges = known.isEmpty() || known.get().contains(stage);
        return new Place(serving, judges, Optional.of(trial), false, candidateJudges);
    }

    private static List<Slot<Filter>> slots(List<Place> places) {
        var slots = new ArrayList<Slot<Filter>>(places.size());
        for (var place : places) {
            slots.add(place.serving());
            if (place.candidateCounts()) slots.add(place.trial().orElseThrow().candidate());
        }
        return slots;
    }

    /** Tells a trial what was said, and lets a shadow judge the same message, later and elsewhere. */
    private void tell(Passage.Heard heard, Trial.Question question, Facts facts, Stage stage) {
        var trial = heard.trial();
        var said = said(heard.asked());
        if (heard.byCandidate()) {
            trial.tried(said);
            return;
        }
        trial.served(said);
        if (!trial.shadows()) return;
        var willBeAsked = guard.shadow(trial.candidate(), heard.message(), facts, stage, asked -> {
            if (asked.isPresent() || heard.asked().isPresent()) trial.compared(question, said, said(asked));
        });
        if (!willBeAsked) trial.dropped();
    }

    private static Asked<Outcome> said(Optional<Asked<Verdict>> asked) {
        return asked.<Asked<Outcome>>map(it -> it.map(Outcome::of)).orElse(new Asked.Answered<>(Outcome.UNASKED, 0));
    }
}
