package io.kefuhub.core.rules;

import io.kefuhub.core.web.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All rules there are, by group; reads what people and files want them to be. Immutable. */
public record RuleBook(List<RuleGroup> groups) {
    private static final Words NO_GROUP = new Words("There is no such group; there are %s.", "没有这一组规则；可用的有 %s。");
    private static final Words NO_RULE = new Words("There is no such rule; there are %s.", "没有这条规则；可用的有 %s。");

    public RuleBook {
        groups = List.copyOf(groups);
    }

    /** What was wanted, or what is wrong with it first. */
    public sealed interface Read {
        record Fit(RuleValues values) implements Read {}

        record Unfit(RuleFlaw flaw) implements Read {}
    }

    /**
     * Reads what is wanted; what is not named is as usual.
     *
     * @param wanted texts by group and name
     */
    public Read read(Map<String, Map<String, String>> wanted) {
        var changed = new HashMap<String, Long>();
        for (var named : wanted.entrySet()) {
            var group = find(named.getKey());
            if (group.isEmpty()) {
                var known = groups.stream().map(RuleGroup::name).collect(Collectors.joining(", "));
                return unfit(named.getKey(), NO_GROUP.with(known));
            }
            for (var one : named.getValue().entrySet()) {
                var rule = group.get().find(one.getKey());
                if (rule.isEmpty()) {
                    var known = group.get().rules().stream().map(Rule::name).collect(Collectors.joining(", "));
                    return unfit(named.getKey() + "." + one.getKey(), NO_RULE.with(known));
                }
                switch (rule.get().read(one.getValue())) {
                    case Rule.Written.Fit(var value) -> {
                        if (value != rule.get().usual()) changed.put(rule.get().key(), value);
                    }
                    case Rule.Written.Unfit(var flaw) -> {
                        return new Read.Unfit(flaw);
                    }
                }
            }
        }
        var values = new RuleValues(changed);
        return groups.stream()
                .flatMap(group -> group.flaw(values).stream())
                .findFirst()
                .<Read>map(Read.Unfit::new)
                .orElseGet(() -> new Read.Fit(values));
    }

    /** What is not as usual, as it is written, by group and name. */
    public Map<String, Map<String, String>> write(RuleValues values) {
        var written = new TreeMap<String, Map<String, String>>();
        for (var group : groups) {
            var its = new TreeMap<String, String>();
            for (var rule : group.rules()) {
                var value = values.changed().get(rule.key());
                if (value != null) its.put(rule.name(), rule.write(value));
            }
            if (!its.isEmpty()) written.put(group.name(), its);
        }
        return written;
    }

    private Optional<RuleGroup> find(String name) {
        return groups.stream().filter(group -> group.name().equals(name)).findFirst();
    }

    private static Read unfit(String field, Words why) {
        return new Read.Unfit(new RuleFlaw(field, Optional.empty(), why));
    }
}
