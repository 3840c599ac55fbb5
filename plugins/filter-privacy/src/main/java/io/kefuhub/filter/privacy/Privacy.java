package io.kefuhub.filter.privacy;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.filter.privacy.finding.Finder;
import io.kefuhub.filter.privacy.finding.Found;
import io.kefuhub.filter.privacy.finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Puts placeholders for personal data before it leaves for a model, and covers it where people read. Immutable. */
final class Privacy implements Filter {
    private final Finder finder;
    private final Set<Stage> stages;
    private final Set<Kind> fromModels;
    private final Set<Kind> fromPeople;
    private final Cover cover;

    /**
     * @param fromModels what no model is told
     * @param fromPeople what is covered at every other stage
     */
    Privacy(Finder finder, Set<Stage> stages, Set<Kind> fromModels, Set<Kind> fromPeople, Cover cover) {
        this.finder = finder;
        this.stages = Set.copyOf(stages);
        this.fromModels = Set.copyOf(fromModels);
        this.fromPeople = Set.copyOf(fromPeople);
        this.cover = cover;
    }

    /** Puts something else for what was found in a text. */
    private interface Put {
        void put(String text, Found found, StringBuilder to);
    }

    /** Finds what is personal in a text. */
    private interface Look {
        List<Found> at(String text);
    }

    @Override
    public Set<Stage> stages() {
        return stages;
    }

    @Override
    public Verdict apply(Message message, Facts facts, Stage stage) {
        if (stage != Stage.TO_MODEL) return rewritten(message, fromPeople, finder::find, cover::write, Map.of());
        var texts = texts(message);
        var standIns = new StandIns(texts);
        var known = known(texts);
        return rewritten(
                message,
                fromModels,
                known.isEmpty() ? finder::find : text -> finder.find(text, known),
                (text, found, to) -> to.append(standIns.of(found.kind(), text.substring(found.from(), found.to()))),
                standIns.hidden());
    }

    /** What is found anywhere is hidden everywhere, whatever it is called there. */
    private Map<String, Kind> known(List<String> texts) {
        if (texts.size() == 1) return Map.of();
        var known = new HashMap<String, Kind>();
        for (var text : texts) {
            for (var found : finder.find(text)) known.put(text.substring(found.from(), found.to()), found.kind());
        }
        return known;
    }

    private static Verdict rewritten(Message message, Set<Kind> kinds, Look look, Put put, Map<String, String> hidden) {
        var tags = new LinkedHashSet<String>();
        UnaryOperator<String> rewrite = text -> rewritten(text, look.at(text), kinds, put, tags);
        var parts = new ArrayList<Part>(message.parts().size());
        for (var part : message.parts()) parts.add(rewritten(part, rewrite));
        return tags.isEmpty() ? Verdict.pass() : new Verdict.Rewrite(parts, tags, hidden);
    }

    private static Part rewritten(Part part, UnaryOperator<String> rewrite) {
        return switch (part) {
            case Part.Text(var value) -> {
                var now = rewrite.apply(value);
                yield now.equals(value) ? part : new Part.Text(now);
            }
            case Part.Menu(var value, var options) ->
                new Part.Menu(
                        rewrite.apply(value),
                        options.stream()
                                .map(option -> new Part.Menu.Option(option.id(), rewrite.apply(option.text())))
                                .toList());
            case Part.Media _, Part.Unsupported _ -> part;
        };
    }

    private static String rewritten(String text, List<Found> all, Set<Kind> kinds, Put put, Set<String> tags) {
        if (all.isEmpty()) return text;
        var now = new StringBuilder(text.length());
        var at = 0;
        for (var found : all) {
            if (!kinds.contains(found.kind())) continue;
            now.append(text, at, found.from());
            put.put(text, found, now);
            tags.add(found.kind().key());
            at = found.to();
        }
        return at == 0 ? text : now.append(text, at, text.length()).toString();
    }

    private static List<String> texts(Message message) {
        var texts = new ArrayList<String>(message.parts().size());
        for (var part : message.parts()) {
            switch (part) {
                case Part.Text(var value) -> texts.add(value);
                case Part.Menu(var value, var options) -> {
                    texts.add(value);
                    for (var option : options) texts.add(option.text());
                }
                case Part.Media _, Part.Unsupported _ -> {}
            }
        }
        return texts;
    }

    @Override
    public int safeUntil(String soFar, Facts facts) {
        return finder.settled(soFar);
    }
}
