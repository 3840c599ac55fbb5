package io.kefuhub.core.filtering;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks the filters that serve what would become of a message that nobody wrote: nothing is stored, counted or written down
 * of it. What is on trial is not asked. Safe for threads.
 */
final class Playground {
    private final Contributions contributions;
    private final Guard guard;

    Playground(Contributions contributions, Guard guard) {
        this.contributions = contributions;
        this.guard = guard;
    }

    /**
     * What became of it.
     *
     * @param chain who judged: another text when other filters, or the same with other settings, would judge now
     * @param steps of every filter that serves, in order
     * @param placeholders what would be put back into a model's answer, by placeholder
     */
    record Tried(String chain, List<Step> steps, Filtered end, Map<String, String> placeholders) {}

    /** What one filter made of it. */
    sealed interface Step {
        Slot<Filter> filter();

        /** @param left the message as it was after it */
        record Judge(Slot<Filter> filter, Judged judged, Message left) implements Step {}

        record NotAsked(Slot<Filter> filter, Why why) implements Step {}
    }

    /** Why a filter is not asked. */
    enum Why {
        /** It does not judge at this stage. */
        STAGE,
        /** An admin took the stage from it. */
        SKIPPED,
        /** It is of other desks. */
        DESK,
        /** Another one had stopped the message. */
        STOPPED
    }

    Tried judge(Message message, Facts facts, Stage stage) {
        while (true) {
            var snapshot = contributions.now();
            var asked = snapshot.filters().stream()
                    .filter(filter -> why(filter, facts.desk(), stage).isEmpty())
                    .map(filter -> new Place(filter, true, Optional.empty(), false, false))
                    .toList();
            var walked = guard.rehearse(() -> {
                var passage = new Passage(guard, message, facts, stage, () -> contributions.now() != snapshot);
                return new Walked(passage.through(asked), passage.left(), passage.placeholders());
            });
            if (walked.end().isEmpty()) continue;
            var end = walked.end().get();
            return new Tried(
                    chain(snapshot), steps(snapshot, facts.desk(), stage, end, walked), end, walked.placeholders());
        }
    }

    private record Walked(Optional<Filtered> end, List<Message> left, Map<String, String> placeholders) {}

    private Optional<Why> why(Slot<Filter> filter, String desk, Stage stage) {
        var scope = filter.terms().scope();
        if (!scope.covers(desk)) return Optional.of(Why.DESK);
        if (scope.skipped().contains(stage)) return Optional.of(Why.SKIPPED);
        var stages = guard.stages(filter);
        var judges = stages.contains(stage) || (stages.isEmpty() && filter.isClosed());
        return judges ? Optional.empty() : Optional.of(Why.STAGE);
    }

    /** Each filter that was asked has one line in the trail, because none on trial was. */
    private List<Step> steps(Snapshot snapshot, String desk, Stage stage, Filtered end, Walked walked) {
        var steps = new ArrayList<Step>(snapshot.filters().size());
        var line = 0;
        for (var filter : snapshot.filters()) {
            var why = why(filter, desk, stage);
            if (why.isPresent()) {
                steps.add(new Step.NotAsked(filter, why.get()));
            } else if (line < end.trail().size()) {
                steps.add(new Step.Judge(
                        filter, end.trail().get(line), walked.left().get(line)));
                line++;
            } else {
                steps.add(new Step.NotAsked(filter, Why.STOPPED));
            }
        }
        return steps;
    }

    /** Who would judge now. */
    String chain() {
        return chain(contributions.now());
    }

    private static String chain(Snapshot snapshot) {
        return snapshot.filters().stream()
                .map(filter -> Long.toString(filter.generation()))
                .collect(Collectors.joining("."));
    }
}
