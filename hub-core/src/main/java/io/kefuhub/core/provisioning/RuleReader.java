package io.kefuhub.core.provisioning;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a file declares of the numbers by which the hub answers. */
final class RuleReader {
    private static final String NAME = "answeringRules";

    private RuleReader() {}

    static List<Declarations.Rules> rules(Section top) {
        if (!top.names().contains(NAME)) return List.of();
        var section = top.section(NAME);
        var wanted = new LinkedHashMap<String, Map<String, String>>();
        var places = new HashMap<String, Where>();
        for (var group : section.names()) {
            places.put(group, section.place(group));
            var its = section.section(group);
            var values = new LinkedHashMap<String, String>();
            for (var rule : its.names()) {
                places.put(group + "." + rule, its.place(rule));
                its.optionalText(rule).ifPresent(text -> values.put(rule, text));
            }
            wanted.put(group, values);
        }
        return List.of(new Declarations.Rules(section.where(), wanted, places));
    }
}
