package io.kefuhub.core.plugin.cases;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Refusal;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks the cases of one version, file by file. One thread only. */
final class CaseRun {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A responder has nobody to wait for here. */
    private static final Duration FOR_RESPONDER = Duration.ofSeconds(5);

    /** What came of a case: an answer, or what went wrong in a few words. */
    private sealed interface Got {
        record Said(Answer answer) implements Got {}

        record Wrong(String problem) implements Got {}
    }

    private final Guard guard;
    private final long endsAt;

    /**
     * @param endsAt when no further case is asked, by {@link System#nanoTime}
     */
    CaseRun(Guard guard, long endsAt) {
        this.guard = guard;
        this.endsAt = endsAt;
    }

    List<CaseResult> of(CaseFile file, List<Offer<?>> offers) {
        for (var offer : offers) {
            if (offer.kind() == file.kind() && offer.description().id().equals(file.contribution())) {
                return of(file, offer);
            }
        }
        return List.of(notAsked(file, Why.CASES_NOT_OFFERED, CaseFile.word(file.kind()), file.contribution()));
    }

    private List<CaseResult> of(CaseFile file, Offer<?> offer) {
        try (var context = new ScratchContext(offer.plugin().loader())) {
            return file.kind() == Kind.FILTER ? ofFilter(file, offer, context) : ofResponder(file, offer, context);
        }
    }

    private List<CaseResult> ofFilter(CaseFile file, Offer<?> offer, ScratchContext context) {
        var slot = Slot.<Filter>empty(offer, GoldenCases.INSTANCE, 0, guard.usualTerms(Kind.FILTER));
        var made = guard.create(slot, offer, Settings.of(file.settings()), context);
        return ask(file, slot, made, one -> answer(slot, (GoldenCase.OfFilter) one));
    }

    private List<CaseResult> ofResponder(CaseFile file, Offer<?> offer, ScratchContext context) {
        var terms = guard.usualTerms(Kind.RESPONDER).withDeadline(FOR_RESPONDER);
        var slot = Slot.<Responder>empty(offer, GoldenCases.INSTANCE, 0, terms);
        var made = guard.create(slot, offer, Settings.of(file.settings()), context);
        return ask(file, slot, made, one -> answer(slot, (GoldenCase.OfResponder) one));
    }

    private List<CaseResult> ask(
            CaseFile file, Slot<?> slot, Asked<CheckResult> made, Function<GoldenCase, Got> question) {
        try {
            if (made.answer().filter(CheckResult.Fine.class::isInstance).isEmpty()) {
                return List.of(notAsked(file, Why.CASES_NOT_MADE, problem(made)));
            }
            var results = new ArrayList<CaseResult>();
            for (var one : file.cases()) {
                if (System.nanoTime() - endsAt >= 0) {
                    results.add(notAsked(file, Why.CASES_TOO_SLOW, one.name()));
                    break;
                }
                results.add(judge(file, one, question.apply(one)));
            }
            return results;
        } finally {
            close(slot);
        }
    }

    private static CaseResult judge(CaseFile file, GoldenCase one, Got got) {
        var expected = one.expect();
        return switch (got) {
            case Got.Said(var answer) when expected.isMetBy(answer) -> new CaseResult.Passed(file.name(), one.name());
            case Got.Said(var answer) ->
                new CaseResult.Failed(file.name(), one.name(), expected.words(), answer.words());
            case Got.Wrong(var problem) -> new CaseResult.Failed(file.name(), one.name(), expected.words(), problem);
        };
    }

    private Got answer(Slot<Filter> slot, GoldenCase.OfFilter one) {
        var stages = guard.stages(slot);
        if (!stages.contains(one.stage())) return new Got.Wrong("it looks at " + stages + " only");
        return got(() -> guard.apply(slot, one.message(), one.facts(), one.stage()), Answer::of);
    }

    private Got answer(Slot<Responder> slot, GoldenCase.OfResponder one) {
        return got(() -> guard.respond(slot, one.turn(), _ -> {}), Answer::of);
    }

    /** Asks once more when it was late: the first call of new code has its classes to load. */
    private static <T> Got got(Supplier<Asked<T>> question, Function<T, Answer> words) {
        var asked = question.get();
        if (asked instanceof Asked.Late<T>) asked = question.get();
        return asked.answer()
                .<Got>map(answer -> new Got.Said(words.apply(answer)))
                .orElse(new Got.Wrong(asked.problem()));
    }

    private static String problem(Asked<CheckResult> made) {
        return switch (made.answer().orElseGet(CheckResult.Fine::new)) {
            case CheckResult.Wrong(var problems) ->
                problems.getFirst().setting() + ": " + problems.getFirst().text();
            case CheckResult.Fine() -> made.problem();
        };
    }

    private void close(Slot<?> slot) {
        try {
            guard.close(slot, PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static CaseResult notAsked(CaseFile file, Why why, Object... values) {
        var all = new ArrayList<Object>(List.of(file.name()));
        all.addAll(List.of(values));
        return new CaseResult.NotAsked(file.name(), Refusal.of(why, all.toArray()));
    }
}
