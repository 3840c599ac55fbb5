package io.kefuhub.core.answering.knowledge;

import io.kefuhub.api.Language;
import io.kefuhub.core.web.Words;
import java.util.List;
import java.util.Optional;

/** What the hub would answer, and why, as callers read it. */
record TrialView(
        String decision,
        String reason,
        Optional<Double> score,
        Optional<EntryView> entry,
        List<CandidateView> candidates) {
    private static final int MOST = 10;

    /** An entry that came near. */
    record CandidateView(EntryView entry, double score, String reason) {}

    static TrialView of(Tried tried, Language language) {
        var candidates = tried.candidates().stream()
                .limit(MOST)
                .map(one -> new CandidateView(
                        EntryView.of(one.entry()),
                        rounded(one.score()),
                        reason(one).in(language)))
                .toList();
        return switch (tried.found()) {
            case Found.Direct(var entry, var wording, var score, var reason) ->
                new TrialView(
                        "direct",
                        reason(reason).with(wording).in(language),
                        Optional.of(rounded(score)),
                        Optional.of(EntryView.of(entry)),
                        candidates);
            case Found.Near(var menu) ->
                new TrialView(
                        "near",
                        new Words("Not sure enough; a menu of %s is offered.", "把握不够，提供 %s 个相近问题供选择。")
                                .with(menu.size())
                                .in(language),
                        Optional.of(rounded(menu.getFirst().score())),
                        Optional.empty(),
                        candidates);
            case Found.Nothing() ->
                new TrialView(
                        "nothing",
                        new Words("No entry comes near.", "没有相近的条目。").in(language),
                        Optional.empty(),
                        Optional.empty(),
                        candidates);
        };
    }

    private static Words reason(Found.Reason reason) {
        return switch (reason) {
            case EXACT -> new Words("Asked word for word: %s", "与问法一致：%s");
            case ALIKE -> new Words("Means the same as: %s", "与问法意思相同：%s");
            case MEANING -> new Words("Means the same in other words as: %s", "换了说法，意思与此相同：%s");
        };
    }

    private static Words reason(Found.Candidate candidate) {
        var words = switch (candidate.doubt()) {
            case NONE -> new Words("Fits: %s", "匹配：%s");
            case TOO_LITTLE -> new Words("Too little of it was asked: %s", "只提到其中一部分：%s");
            case UNKNOWN_WORDS -> new Words("The question holds words it does not know: %s", "提问中有它没有的词：%s");
            case NUMBERS_DIFFER -> new Words("The numbers differ: %s", "数字不一致：%s");
            case NEGATION_DIFFERS -> new Words("One denies, the other does not: %s", "肯定与否定不一致：%s");
            case NOT_ALONE -> new Words("Another entry fits about as well: %s", "另有条目同样接近：%s");
        };
        return words.with(candidate.wording());
    }

    private static double rounded(double score) {
        return Math.round(score * 1000) / 1000.0;
    }
}
