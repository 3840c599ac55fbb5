package io.kefuhub.filter.words;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Found;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.filter.words.list.Action;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges messages by a list of words; the strongest action of what is found counts. Immutable. */
final class SensitiveWords implements Filter {
    private static final int MOST_NAMED = 3;

    private final Compiled list;
    private final Set<Stage> stages;
    private final Conduct conduct;

    /**
     * What a list does beyond its entries.
     *
     * @param cover stands for each character of a covered word
     * @param words what the author of a blocked message is told; empty for the hub's own words
     * @param bursts whether words are looked for that are split over messages
     */
    record Conduct(char cover, String words, boolean bursts) {}

    SensitiveWords(Compiled list, Set<Stage> stages, Conduct conduct) {
        this.list = list;
        this.stages = Set.copyOf(stages);
        this.conduct = conduct;
    }

    @Override
    public Set<Stage> stages() {
        return stages;
    }

    @Override
    public Verdict apply(Message message, Facts facts, Stage stage) {
        List<Finding> all = List.of();
        for (var part : message.parts()) {
            if (part instanceof Part.Text(var value)) all = joined(all, list.find(value, stage));
            else for (var text : texts(part)) all = joined(all, list.find(text, stage));
        }
        var split = conduct.bursts ? split(message, facts, stage) : List.<Finding>of();
        if (all.isEmpty() && split.isEmpty()) return Verdict.pass();
        return verdict(message, all, split, stage);
    }

    private static List<String> texts(Part part) {
        return switch (part) {
            case Part.Text(var value) -> List.of(value);
            case Part.Menu(var value, var options) -> {
                var texts = new ArrayList<String>();
                texts.add(value);
                for (var option : options) texts.add(option.text());
                yield texts;
            }
            case Part.Media _, Part.Unsupported _ -> List.of();
        };
    }

    private static List<Finding> joined(List<Finding> some, List<Finding> more) {
        if (some.isEmpty()) return more;
        if (more.isEmpty()) return some;
        var both = new ArrayList<>(some);
        both.addAll(more);
        return both;
    }

    private List<Finding> split(Message message, Facts facts, Stage stage) {
        var now = message.text();
        if (!Burst.isLikely(facts.recent(), now)) return List.of();
        var burst = Burst.of(facts.recent(), now);
        return list.find(burst.text(), stage).stream()
                .filter(finding -> burst.isSplit(finding.from(), finding.to()))
                .map(finding -> new Finding(finding.entry(), 0, finding.to() - burst.now()))
                .toList();
    }

    private Verdict verdict(Message message, List<Finding> all, List<Finding> split, Stage stage) {
        var everything = joined(all, split);
        var tags = everything.stream()
                .map(finding -> finding.entry().category())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var strongest = everything.stream()
                .map(finding -> finding.entry().action())
                .max(Action::compareTo)
                .orElse(Action.NOTE);
        return switch (strongest) {
            case NOTE -> new Verdict.Pass(tags);
            case MASK -> new Verdict.Rewrite(covered(message, split, stage), tags, Map.of());
            case HOLD -> new Verdict.Hold(reason(everything, Action.HOLD), tags, found(message, split, stage));
            case BLOCK -> new Verdict.Block(reason(everything, Action.BLOCK), conduct.words, tags);
        };
    }

    /** Names what was found, in the list's own words. */
    private static String reason(List<Finding> findings, Action action) {
        return findings.stream()
                .map(Finding::entry)
                .filter(entry -> entry.action() == action)
                .distinct()
                .limit(MOST_NAMED)
                .map(entry -> entry.text() + " (" + entry.category() + " " + entry.level() + ")")
                .collect(Collectors.joining(", "));
    }

    /** Points at what holds a message. */
    private List<Found> found(Message message, List<Finding> split, Stage stage) {
        var found = new ArrayList<Found>();
        for (var at = 0; at < message.parts().size(); at++) {
            var part = at;
            var texts = texts(message.parts().get(at));
            for (var one = 0; one < texts.size(); one++) {
                var text = texts.get(one);
                var isOption = one > 0;
                var here = joined(list.find(text, stage), part == 0 && !isOption ? split : List.of());
                here.stream()
                        .filter(finding -> finding.entry().action() == Action.HOLD)
                        .map(finding -> isOption
                                ? new Found(finding.entry().text(), part, 0, 0)
                                : new Found(
                                        finding.entry().text(),
                                        part,
                                        finding.from(),
                                        Math.min(finding.to(), text.length())))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private List<Part> covered(Message message, List<Finding> split, Stage stage) {
        var parts = new ArrayList<Part>(message.parts().size());
        var isFirst = true;
        for (var part : message.parts()) {
            var more = isFirst ? split : List.<Finding>of();
            UnaryOperator<String> cover = text -> covered(text, joined(list.find(text, stage), more));
            isFirst = false;
            parts.add(
                    switch (part) {
                        case Part.Text(var value) -> new Part.Text(cover.apply(value));
                        case Part.Menu(var value, var options) ->
                            new Part.Menu(
                                    cover.apply(value),
                                    options.stream()
                                            .map(option ->
                                                    new Part.Menu.Option(option.id(), cover.apply(option.text())))
                                            .toList());
                        case Part.Media _, Part.Unsupported _ -> part;
                    });
        }
        return parts;
    }

    private String covered(String text, List<Finding> findings) {
        @Nullable StringBuilder changed = null;
        for (var finding : findings) {
            if (finding.entry().action() != Action.MASK) continue;
            if (changed == null) changed = new StringBuilder(text);
            for (var at = finding.from(); at < Math.min(finding.to(), text.length()); at++) {
                if (!Character.isLowSurrogate(text.charAt(at))) changed.setCharAt(at, conduct.cover);
            }
        }
        return changed == null ? text : withoutHalves(changed);
    }

    /** A character of two halves is covered by one sign. */
    private static String withoutHalves(StringBuilder text) {
        var whole = new StringBuilder(text.length());
        for (var at = 0; at < text.length(); at++) {
            var sign = text.charAt(at);
            var isHalf = Character.isLowSurrogate(sign) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
            if (!isHalf) whole.append(sign);
        }
        return whole.toString();
    }

    @Override
    public int safeUntil(String soFar, Facts facts) {
        return list.settled(soFar, Stage.BOT_OUT);
    }
}
