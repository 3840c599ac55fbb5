package io.kefuhub.core.filtering;

import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.core.plugin.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What became of a message that nobody wrote, as the console shows it. Immutable.
 *
 * @param language that filters were told
 * @param outcome {@code passed}, {@code held} or {@code blocked}
 * @param filter the one that stopped it
 * @param told in words, what its author would read; absent where they would read nothing
 * @param text as it would go on
 * @param placeholders what would be put back into a model's answer, by placeholder
 */
record TriedView(
        String chain,
        String language,
        String outcome,
        Optional<String> filter,
        Optional<String> reason,
        Optional<String> told,
        String text,
        Map<String, String> placeholders,
        List<StepView> steps) {

    /**
     * What one filter made of it.
     *
     * @param notAsked {@code stage}, {@code skipped}, {@code desk} or {@code stopped}; absent when it was asked
     * @param whenFailed what its failure means
     * @param text as it was after it
     */
    record StepView(
            String key,
            String title,
            String plugin,
            String version,
            Optional<String> notAsked,
            Optional<String> verdict,
            Optional<String> reason,
            Set<String> tags,
            long micros,
            String whenFailed,
            long deadlineMs,
            Optional<String> text) {}

    static TriedView of(Playground.Tried tried, Stage stage, Facts facts, FilterRoutes.Around around, Language reader) {
        var end = tried.end();
        var view = new TriedView(
                tried.chain(),
                facts.language().tag(),
                "passed",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                end.message().text(),
                tried.placeholders(),
                tried.steps().stream().map(step -> step(step, around, reader)).toList());
        return switch (end) {
            case Filtered.Through _ -> view;
            case Filtered.Held(var _, var filter, var reason, var _, var _) ->
                view.stopped("held", filter, reason, reader, toldAgent(stage, filter, reason, reader));
            case Filtered.Blocked(var _, var filter, var reason, var words, var _) ->
                view.stopped(
                        "blocked",
                        filter,
                        reason,
                        reader,
                        stage == Stage.CUSTOMER_IN
                                ? Optional.of(
                                        words.isBlank()
                                                ? around.refusal().apply(facts.desk(), facts.language())
                                                : words)
                                : toldAgent(stage, filter, reason, reader));
        };
    }

    /** An agent's words come back with the reason; customers are told nothing while a person looks. */
    private static Optional<String> toldAgent(Stage stage, String filter, Reason reason, Language reader) {
        return stage == Stage.AGENT_OUT
                ? Optional.of(Filtered.toldAgent(filter, reason).in(reader))
                : Optional.empty();
    }

    private TriedView stopped(String how, String by, Reason why, Language reader, Optional<String> words) {
        return new TriedView(
                chain,
                language,
                how,
                Optional.of(by),
                Optional.of(why.words().in(reader)).filter(text -> !text.isEmpty()),
                words,
                text,
                placeholders,
                steps);
    }

    private static StepView step(Playground.Step step, FilterRoutes.Around around, Language reader) {
        var filter = step.filter();
        var terms = filter.terms();
        var judged = step instanceof Playground.Step.Judge judge
                ? Optional.of(judge)
                : Optional.<Playground.Step.Judge>empty();
        return new StepView(
                filter.instance(),
                around.titles().apply(filter.instance(), reader),
                filter.plugin().id(),
                filter.plugin().version(),
                step instanceof Playground.Step.NotAsked(var _, var why)
                        ? Optional.of(why.name().toLowerCase(Locale.ROOT))
                        : Optional.empty(),
                judged.map(one -> one.judged().verdict()),
                judged.map(one -> one.judged().reason().words().in(reader)).filter(text -> !text.isEmpty()),
                judged.map(one -> one.judged().tags()).orElse(Set.of()),
                judged.map(one -> one.judged().micros()).orElse(0L),
                terms.whenFailed().name().toLowerCase(Locale.ROOT),
                terms.deadline().toMillis(),
                judged.map(one -> one.left().text()));
    }
}
