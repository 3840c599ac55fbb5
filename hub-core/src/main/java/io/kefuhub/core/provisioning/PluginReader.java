package io.kefuhub.core.provisioning;

import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.Terms;
import io.kefuhub.core.plugin.life.InstanceSpec;
import io.kefuhub.core.web.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads what a file declares of plugins and of what is made from them. */
final class PluginReader {
    private static final List<String> INSTANCE =
            List.of("type", "title", "desks", "skip", "deadline", "whenFailed", "order", "enabled", "settings");
    private static final SettingSpec DEADLINE = SettingSpec.duration("deadline", "Deadline");
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private PluginReader() {}

    static Declarations.Plugin plugin(String id, Section section) {
        section.finish(List.of("allow"));
        var allow = section.section("allow");
        allow.finish(List.of("hosts", "files", "secrets", "abilities"));
        var hosts = allow.texts("hosts");
        for (var host : hosts) {
            if (AllowedHosts.ENTRY.matcher(host).matches()) continue;
            section.problem(
                    allow.place("hosts"),
                    "a host is written like api.example.com, localhost:11434, *.example.com or *",
                    "主机应写成 api.example.com、localhost:11434、*.example.com 或 *");
        }
        var abilities = EnumSet.noneOf(Permissions.Ability.class);
        for (var word : allow.texts("abilities")) {
            Permissions.Ability.of(word)
                    .ifPresentOrElse(
                            abilities::add,
                            () -> section.problem(
                                    allow.place("abilities"),
                                    "there are exit, exec and native",
                                    "可用的有 exit、exec、native"));
        }
        var allowed = new Permissions(
                AllowedHosts.of(hosts), allow.flag("files", false), allow.flag("secrets", false), abilities);
        return new Declarations.Plugin(section.where(), id, allowed);
    }

    static Declarations.Instance instance(Kind kind, String key, Section section) {
        section.finish(INSTANCE);
        var choices = new InstanceSpec.Choices(
                new HashSet<>(section.texts("desks")),
                stages(section),
                section.optional("deadline", PluginReader::deadline),
                section.optional("whenFailed", PluginReader::whenFailed));
        return new Declarations.Instance(
                section.where(),
                kind,
                key,
                section.text("type"),
                section.optionalText("title").orElse(""),
                settings(section),
                choices,
                section.optional("order", PluginReader::number),
                section.flag("enabled", true));
    }

    /** Settings as they are entered: a list is one value a line. */
    static Map<String, String> settings(Section section) {
        var settings = new LinkedHashMap<String, String>();
        var given = section.section("settings");
        for (var name : given.names()) settings.put(name, String.join("\n", given.texts(name)));
        return settings;
    }

    private static Set<String> stages(Section section) {
        var known = Arrays.stream(Stage.values()).map(Enum::name).toList();
        var skipped = new ArrayList<String>();
        for (var stage : section.texts("skip")) {
            var name = stage.toUpperCase(Locale.ROOT).replace('-', '_');
            if (known.contains(name)) skipped.add(name);
            else {
                section.problem(
                        section.place("skip"),
                        new Words("there is no such stage; there are %s", "没有这个阶段；可用的有 %s")
                                .with(String.join(", ", known)));
            }
        }
        return Set.copyOf(skipped);
    }

    private static Duration deadline(String text) {
        try {
            var deadline = Settings.of(Map.of(DEADLINE.key(), text)).duration(DEADLINE);
            if (deadline.toMillis() >= 1 && deadline.compareTo(LONGEST) <= 0) return deadline;
            throw new UnreadableException("from 1ms to 10m", "取值范围为 1ms 到 10m");
        } catch (SettingsException e) {
            throw new UnreadableException(
                    new Words("a duration such as 200ms or 2s is expected", "应为时长，例如 200ms 或 2s"), e);
        }
    }

    private static Terms.WhenFailed whenFailed(String word) {
        return Arrays.stream(Terms.WhenFailed.values())
                .filter(one -> one.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new UnreadableException("pass, hold or block is expected", "应为 pass、hold 或 block"));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UnreadableException(new Words("a whole number is expected", "应为整数"), e);
        }
    }

    /** What is declared of one kind, by its section. */
    static List<Declarations.Instance> instances(Kind kind, Map<String, Section> sections) {
        var all = new ArrayList<Declarations.Instance>();
        sections.forEach((key, section) -> all.add(instance(kind, key, section)));
        return List.copyOf(all);
    }
}
