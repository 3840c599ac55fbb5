package io.kefuhub.core.provisioning;

import io.kefuhub.core.web.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of a YAML file. What is wrong is collected with its line and key, and reading goes on with something
 * harmless, so that a file's author sees all problems at once. For one thread.
 */
final class Section {
    private final Where where;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Outside outside;
    private final List<ConfProblem> problems;

    private record Entry(int line, Node value) {}

    Section(Where where, Node node, Outside outside, List<ConfProblem> problems) {
        this.where = where;
        this.outside = outside;
        this.problems = problems;
        if (isEmpty(node)) return;
        if (!(node instanceof MappingNode mapping)) {
            problem(where, "names with values are expected here, each as \"name: value\"", "此处应为若干“名称: 值”");
            return;
        }
        for (var tuple : mapping.getValue()) {
            int line = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problem(where, "a name must be plain text", "名称须为普通文本");
            } else if (entries.put(key.getValue(), new Entry(line, tuple.getValueNode())) != null) {
                problem(at(key.getValue(), line), "this name stands here twice", "此名称重复出现");
            }
        }
    }

    Where where() {
        return where;
    }

    Set<String> names() {
        return entries.keySet();
    }

    /** A text that must be there. */
    String text(String name) {
        return optionalText(name).orElseGet(() -> {
            problem(where, new Words("\"%s\" is missing", "缺少“%s”").with(name));
            return "";
        });
    }

    Optional<String> optionalText(String name) {
        return entry(name).flatMap(entry -> scalar(at(name, entry.line), entry.value));
    }

    /** A text as it must be for something; the function throws {@link UnreadableException} for the author. */
    <T> Optional<T> optional(String name, Function<String, T> meaning) {
        var place = place(name);
        return optionalText(name).flatMap(text -> {
            try {
                return Optional.of(meaning.apply(text));
            } catch (IllegalArgumentException e) {
                problem(place, UnreadableException.words(e));
                return Optional.empty();
            }
        });
    }

    boolean flag(String name, boolean otherwise) {
        return optional(name, Section::flag).orElse(otherwise);
    }

    /** A list of texts, or one text; the lines of a text are one each. */
    List<String> texts(String name) {
        var entry = entry(name);
        if (entry.isEmpty()) return List.of();
        if (!(entry.get().value instanceof SequenceNode sequence)) {
            return optionalText(name).stream().flatMap(String::lines).toList();
        }
        var texts = new ArrayList<String>();
        for (var item : sequence.getValue()) {
            scalar(at(name, item.getStartMark().getLine() + 1), item).ifPresent(texts::add);
        }
        return texts;
    }

    /** Whether a plain value stands under a name. */
    boolean isText(String name) {
        var entry = entries.get(name);
        return entry != null && entry.value instanceof ScalarNode;
    }

    /** The mapping under a name; an empty one when it is not there. */
    Section section(String name) {
        var entry = entry(name);
        return entry.isEmpty()
                ? new Section(where, new MappingNode(Tag.MAP, List.of(), FlowStyle.AUTO), outside, problems)
                : new Section(at(name, entry.get().line), entry.get().value, outside, problems);
    }

    /** The mappings under a name, each under a name of its own. */
    Map<String, Section> sections(String name) {
        var outer = section(name);
        var sections = new LinkedHashMap<String, Section>();
        for (var key : outer.names()) sections.put(key, outer.section(key));
        return sections;
    }

    /** The mappings in the list under a name. */
    List<Section> items(String name) {
        var entry = entry(name);
        if (entry.isEmpty() || isEmpty(entry.get().value)) return List.of();
        if (!(entry.get().value instanceof SequenceNode sequence)) {
            problem(at(name, entry.get().line), "a list is expected here, each item after a dash", "此处应为列表，每项前加短横线");
            return List.of();
        }
        var items = new ArrayList<Section>();
        for (var item : sequence.getValue()) {
            var place = at(
                    name + "[" + (items.size() + 1) + "]", item.getStartMark().getLine() + 1);
            items.add(new Section(place, item, outside, problems));
        }
        return items;
    }

    /** Where a name stands, or the whole when it does not. */
    Where place(String name) {
        var entry = entries.get(name);
        return entry == null ? where : at(name, entry.line);
    }

    void problem(Where place, String en, String zh) {
        problem(place, new Words(en, zh));
    }

    void problem(Where place, Words words) {
        problems.add(new ConfProblem(place, words));
    }

    /** Names what stands here and is not understood; called when all that is was read. */
    void finish(List<String> known) {
        entries.forEach((name, entry) -> {
            if (!known.contains(name)) {
                problem(
                        at(name, entry.line),
                        new Words("this is not known here; known are %s", "此处没有这一项；可用的有 %s")
                                .with(String.join(", ", known)));
            }
        });
    }

    Outside outside() {
        return outside;
    }

    private Optional<Entry> entry(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    private Optional<String> scalar(Where place, Node node) {
        if (isEmpty(node)) return Optional.empty();
        if (!(node instanceof ScalarNode scalar)) {
            problem(place, "a plain value is expected here", "此处应为单个值");
            return Optional.empty();
        }
        try {
            return Optional.of(outside.fill(scalar.getValue()));
        } catch (IllegalArgumentException e) {
            problem(place, UnreadableException.words(e));
            return Optional.empty();
        }
    }

    private Where at(String name, int line) {
        return new Where(where.file(), line, where.key().isEmpty() ? name : where.key() + "." + name);
    }

    private static boolean isEmpty(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new UnreadableException("true or false is expected here", "此处应为 true 或 false");
        };
    }
}
