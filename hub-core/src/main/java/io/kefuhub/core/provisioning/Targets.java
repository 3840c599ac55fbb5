package io.kefuhub.core.provisioning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;

/** Who carries out the declarations, in this order. */
public record Targets(
        Target<Declarations.Desk> desks,
        Target<Declarations.Person> people,
        Target<Declarations.Plugin> plugins,
        Target<Declarations.Channel> channels,
        Target<Declarations.Instance> filters,
        Target<Declarations.Instance> responders,
        Target<Declarations.Instance> providers,
        Target<Declarations.Instance> translators,
        Target<Declarations.Model> models,
        Target<Declarations.Rules> rules,
        Target<Declarations.Knowledge> knowledge,
        Target<Declarations.Setting> settings,
        Target<Declarations.Money> money,
        Target<Declarations.Translation> translation) {

    /** Carries out what files declare: all desks, then all people, and so on. Returns what could not be done. */
    List<ConfProblem> apply(SortedMap<String, Declarations> files) {
        var found = new ArrayList<ConfProblem>();
        apply(files, desks, Declarations::desks, found);
        apply(files, people, Declarations::people, found);
        apply(files, plugins, Declarations::plugins, found);
        apply(files, channels, Declarations::channels, found);
        apply(files, filters, Declarations::filters, found);
        apply(files, responders, Declarations::responders, found);
        apply(files, providers, Declarations::providers, found);
        apply(files, translators, Declarations::translators, found);
        // What is declared may be what a deployment costs, without which it cannot be put on.
        apply(files, money, Declarations::money, found);
        apply(files, models, Declarations::models, found);
        apply(files, rules, Declarations::rules, found);
        apply(files, knowledge, Declarations::knowledge, found);
        apply(files, settings, Declarations::settings, found);
        apply(files, translation, Declarations::translation, found);
        return found;
    }

    private static <T> void apply(
            SortedMap<String, Declarations> files,
            Target<T> target,
            Function<Declarations, List<T>> part,
            List<ConfProblem> found) {
        files.forEach((name, declared) -> {
            try {
                target.apply(name, part.apply(declared));
            } catch (UnfitException e) {
                found.add(e.problem());
            }
        });
    }

    /** All files that manage anything. */
    Set<String> files() {
        var files = new HashSet<String>();
        for (var target : List.of(
                desks,
                people,
                plugins,
                channels,
                filters,
                responders,
                providers,
                translators,
                models,
                rules,
                knowledge,
                settings,
                money,
                translation)) {
            files.addAll(target.files());
        }
        return files;
    }
}
