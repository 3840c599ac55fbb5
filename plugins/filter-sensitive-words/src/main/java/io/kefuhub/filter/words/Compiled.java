package io.kefuhub.filter.words;

import com.google.re2j.Pattern;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.filter.words.list.Entry;
import io.kefuhub.filter.words.matching.Hit;
import io.kefuhub.filter.words.matching.Lexicon;
import io.kefuhub.filter.words.writing.Evasions;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A list as it is looked for: its words in one machine, its expressions one by one. Immutable; safe for threads. */
final class Compiled {
    private final List<Entry> words;
    private final List<Expression> expressions;
    private final Lexicon lexicon;
    private final InstantSource clock;
    private final ZoneId zone;

    private record Expression(Entry entry, Pattern pattern) {}

    private Compiled(
            List<Entry> words, List<Expression> expressions, Lexicon lexicon, InstantSource clock, ZoneId zone) {
        this.words = words;
        this.expressions = expressions;
        this.lexicon = lexicon;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * Compiles a list.
     *
     * @param allowed what may be said although a listed word is in it
     * @throws com.google.re2j.PatternSyntaxException for an expression that is none
     */
    static Compiled of(List<Entry> entries, List<String> allowed, Evasions evasions, InstantSource clock, ZoneId zone) {
        var words = entries.stream().filter(entry -> !entry.isExpression()).toList();
        var expressions = entries.stream()
                .filter(Entry::isExpression)
                .map(entry -> new Expression(entry, Pattern.compile(entry.expression(), Pattern.CASE_INSENSITIVE)))
                .toList();
        var texts = new ArrayList<String>(words.size() + allowed.size());
        for (var word : words) texts.add(word.text());
        texts.addAll(allowed);
        return new Compiled(words, expressions, Lexicon.of(texts, evasions), clock, zone);
    }

    /** What of the list is in a text and counts at a stage today. */
    List<Finding> find(String text, Stage stage) {
        var hits = lexicon.find(text);
        if (hits.isEmpty() && expressions.isEmpty()) return List.of();
        var findings = new ArrayList<Finding>();
        for (var hit : hits) {
            if (hit.word() < words.size() && !isAllowed(hit, hits)) add(findings, words.get(hit.word()), hit, stage);
        }
        for (var expression : expressions) {
            if (!expression.entry.stages().contains(stage)) continue;
            var matcher = expression.pattern.matcher(text);
            while (matcher.find()) {
                var hit = new Hit(0, matcher.start(), matcher.end());
                if (hit.from() < hit.to() && !isAllowed(hit, hits)) add(findings, expression.entry, hit, stage);
            }
        }
        return findings;
    }

    private void add(List<Finding> findings, Entry entry, Hit hit, Stage stage) {
        if (!entry.stages().contains(stage)) return;
        if (entry.until().isPresent() && !entry.isInForce(LocalDate.ofInstant(clock.instant(), zone))) return;
        findings.add(new Finding(entry, hit.from(), hit.to()));
    }

    private boolean isAllowed(Hit hit, List<Hit> hits) {
        for (var other : hits) {
            if (other.word() >= words.size() && hit.from() >= other.from() && hit.to() <= other.to()) return true;
        }
        return false;
    }

    /** How many characters of a growing text are settled; none while an expression could still match what is to come. */
    int settled(String text, Stage stage) {
        for (var expression : expressions) {
            if (expression.entry.stages().contains(stage)) return 0;
        }
        var settled = lexicon.settled(text);
        for (var finding : find(text, stage)) settled = Math.min(settled, finding.from());
        return settled;
    }
}
