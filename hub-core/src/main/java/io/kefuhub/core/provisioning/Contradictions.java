package io.kefuhub.core.provisioning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;

/** Finds what two files declare differently. */
final class Contradictions {
    private Contradictions() {}

    /** @param files what each declares, by name; of two, the later is the one that is wrong */
    static List<ConfProblem> between(SortedMap<String, Declarations> files) {
        var first = new HashMap<String, Where>();
        var found = new ArrayList<ConfProblem>();
        files.values().forEach(declared -> {
            declared.desks().forEach(desk -> once("the desk " + desk.key(), desk.at(), first, found));
            declared.people().forEach(person -> once("the person " + person.login(), person.at(), first, found));
            declared.channels().forEach(channel -> once("the channel " + channel.key(), channel.at(), first, found));
            declared.settings().forEach(setting -> once("the setting " + setting.key(), setting.at(), first, found));
            declared.knowledge()
                    .forEach(part -> part.entries()
                            .forEach(entry -> once(
                                    "the entry " + part.desk() + ":" + entry.identity(), part.at(), first, found)));
        });
        return found;
    }

    private static void once(String what, Where at, HashMap<String, Where> first, List<ConfProblem> found) {
        var earlier = first.putIfAbsent(what, at);
        if (earlier != null) found.add(new ConfProblem(at, what + " is declared already in " + earlier));
    }
}
