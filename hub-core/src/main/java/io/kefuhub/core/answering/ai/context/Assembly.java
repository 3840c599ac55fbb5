package io.kefuhub.core.answering.ai.context;

import io.kefuhub.core.answering.ai.Passage;
import io.kefuhub.core.models.counting.Tokens;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Cuts what there is to be told to a budget, by a fixed order of what matters; asks nobody. For one thread, used once.
 *
 * <p>First what the question is and what it is about: the question, the system's words, the facts. Then the last two turns,
 * then passages up to a share of what is left, then the summary, then older turns as long as they fit, then more passages. A
 * turn is taken whole or not at all.
 */
public final class Assembly {
    private static final int PICTURE = 1_500;

    /** With less left for words, a picture is left out. */
    private static final int LEAST_WORDS = 2_000;

    /** What a message costs besides its text. */
    private static final int MESSAGE = 4;

    /** The mark of a gap in a text. */
    static final String GAP = " […] ";

    private final Tokens tokens;
    private final double factor;
    private final int budget;
    private final PromptRules rules;
    private int left;
    private int counted;

    private Assembly(Tokens tokens, int budget, double factor, PromptRules rules) {
        this.tokens = tokens;
        this.factor = factor;
        this.budget = budget;
        this.rules = rules;
        this.left = budget;
    }

    /**
     * Makes a prompt of at most so many tokens.
     *
     * @param factor how many tokens of the model's own are in one of ours
     * @return empty when not even the system's words and a piece of the question fit
     */
    public static Optional<Prompt> of(Material material, Tokens tokens, int budget, double factor, PromptRules rules) {
        var shown = material.pictures()
                .subList(
                        0,
                        Math.clamp(
                                (budget - LEAST_WORDS) / PICTURE,
                                0,
                                material.pictures().size()));
        if (shown.size() < material.pictures().size()) {
            return of(material.withPictures(shown), tokens, budget, factor, rules);
        }
        return words(material, tokens, budget - shown.size() * PICTURE, factor, rules);
    }

    private static Optional<Prompt> words(
            Material material, Tokens tokens, int budget, double factor, PromptRules rules) {
        // No text has more tokens than bytes: so little fits however it is counted.
        var most = (int) Math.ceil(Layout.bytes(material) * factor);
        if (most <= budget) return Optional.of(Layout.prompt(material, 0, most));
        return new Assembly(tokens, budget, factor, rules).cut(material);
    }

    private Optional<Prompt> cut(Material material) {
        take(Layout.AROUND);
        if (!take(material.system())) return Optional.empty();
        var question = question(material.question());
        if (question.isEmpty()) return Optional.empty();
        var facts = facts(material.facts());
        var past = new ArrayDeque<Exchange>();
        var older = new ArrayList<>(material.past());
        lastTurns(older, past);
        var passages = new ArrayList<Passage>();
        passages(material.passages(), passages, Math.min(rules.passages(), (int) (left * rules.passagesFirst())));
        var earlier = earlier(material.earlier());
        while (!older.isEmpty() && take(older.getLast())) past.addFirst(older.removeLast());
        passages(material.passages(), passages, rules.passages());
        var kept = new Material(
                material.system(),
                facts,
                earlier,
                List.copyOf(past),
                List.copyOf(passages),
                question,
                material.pictures());
        if (left < 0) throw new IllegalStateException("a prompt is larger than its budget");
        return Optional.of(Layout.prompt(kept, counted, budget - left));
    }

    private String question(String question) {
        var cost = cost(question);
        var most = Math.min(rules.question(), left);
        var kept = question;
        if (cost > most) {
            var share = Math.min(
                    1, (double) most / Math.max(rules.question(), rules.questionBeginning() + rules.questionEnd()));
            kept = tokens.beginning(question, ours(rules.questionBeginning() * share))
                    + GAP
                    + tokens.end(question, ours(rules.questionEnd() * share));
        }
        return take(kept) ? kept : "";
    }

    private List<String> facts(List<String> lines) {
        var kept = new ArrayList<String>();
        var room = Math.min(rules.facts(), left);
        for (var line : lines) {
            var fits = tokens.beginning(line, ours(room));
            if (fits.isBlank() || !take(fits)) break;
            kept.add(fits);
            room -= cost(fits);
        }
        return kept;
    }

    /** The last turn even when its answer must be cut for it, and the one before where it fits. */
    private void lastTurns(List<Exchange> older, Deque<Exchange> past) {
        if (older.isEmpty()) return;
        var last = older.removeLast();
        var shorter = last.answered().length() <= rules.answerBeginning()
                ? last
                : last.withAnswer(last.answered().substring(0, rules.answerBeginning()) + GAP.strip());
        for (var form : List.of(last, shorter, last.withAnswer(""))) {
            if (!take(form)) continue;
            past.addFirst(form);
            break;
        }
        if (!past.isEmpty() && !older.isEmpty() && take(older.getLast())) past.addFirst(older.removeLast());
    }

    /** The best ones first, whole; only where not one fits, the beginning of the best. */
    private void passages(List<Passage> all, List<Passage> kept, int most) {
        var room = Math.min(most - kept.stream().mapToInt(this::cost).sum(), left);
        for (var passage : all.subList(Math.min(kept.size(), all.size()), all.size())) {
            var cost = cost(passage);
            if (cost > room) break;
            take(Layout.passage(9, passage), MESSAGE);
            kept.add(passage);
            room -= cost;
        }
        if (!kept.isEmpty() || all.isEmpty()) return;
        var best = all.getFirst();
        var text = tokens.beginning(
                best.text(), ours(room) - tokens.count(best.source().title()) - 30);
        var shorter = new Passage(best.source(), text + GAP.strip(), best.score());
        if (!text.isBlank() && cost(shorter) <= room && take(Layout.passage(9, shorter), MESSAGE)) kept.add(shorter);
    }

    private Optional<String> earlier(Optional<String> summary) {
        return summary.map(text -> tokens.beginning(text, ours(Math.min(rules.summary(), left))))
                .filter(text -> !text.isBlank())
                .filter(this::take);
    }

    private int cost(Passage passage) {
        return cost(Layout.passage(9, passage)) + MESSAGE;
    }

    private int cost(String text) {
        return (int) Math.ceil(tokens.count(text) * factor);
    }

    /** So many of the model's tokens in ours. */
    private int ours(double theirs) {
        return (int) (theirs / factor) - 1;
    }

    private boolean take(Exchange exchange) {
        var count = tokens.count(exchange.asked()) + tokens.count(exchange.answered());
        return take(count, (int) Math.ceil(count * factor) + 2 * MESSAGE);
    }

    private boolean take(String text) {
        return take(text, MESSAGE);
    }

    private boolean take(String text, int around) {
        var count = tokens.count(text);
        return take(count, (int) Math.ceil(count * factor) + around);
    }

    private boolean take(int count, int cost) {
        if (cost > left) return false;
        left -= cost;
        counted += count;
        return true;
    }
}
