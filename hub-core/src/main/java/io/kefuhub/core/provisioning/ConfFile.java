package io.kefuhub.core.provisioning;

import io.kefuhub.api.Language;
import io.kefuhub.core.answering.knowledge.Audience;
import io.kefuhub.core.answering.knowledge.EntryContent;
import io.kefuhub.core.answering.knowledge.EntryLanguage;
import io.kefuhub.core.answering.knowledge.FileFormat;
import io.kefuhub.core.answering.knowledge.Reach;
import io.kefuhub.core.answering.knowledge.Validity;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.web.Role;
import io.kefuhub.core.web.Words;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads one file of declarations.
 *
 * @param declared all of it; of no use when there are problems
 * @param reads the other files it names, there or not
 */
record ConfFile(Declarations declared, List<ConfProblem> problems, Set<Path> reads) {
    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9_-]{0,59}");
    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._-]{1,63}");
    private static final int SHORTEST_PASSWORD = 10;

    static ConfFile read(String name, String text, Outside outside, ZoneId zone) {
        var problems = new ArrayList<ConfProblem>();
        try {
            var options = new LoaderOptions();
            options.setCodePointLimit(5_000_000);
            options.setNestingDepthLimit(20);
            options.setMaxAliasesForCollections(0);
            var node = new Yaml(options).compose(new StringReader(text));
            if (node == null) return new ConfFile(Declarations.NONE, List.of(), Set.of());
            var reader = new Reader(new Section(new Where(name, 1, ""), node, outside, problems), zone);
            return new ConfFile(reader.declarations(), List.copyOf(problems), Set.copyOf(outside.files()));
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            problems.add(new ConfProblem(
                    new Where(name, mark == null ? 1 : mark.getLine() + 1, ""),
                    new Words("this is not YAML: %s", "这不是 YAML：%s").with(e.getProblem())));
        } catch (YAMLException e) {
            problems.add(new ConfProblem(
                    new Where(name, 1, ""), new Words("this is not YAML that the hub takes", "这不是客服中枢能接受的 YAML")));
        }
        return new ConfFile(Declarations.NONE, problems, Set.copyOf(outside.files()));
    }

    private static Language language(String tag) {
        try {
            return new Language(tag);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(
                    new Words("a language such as zh-CN or en is expected", "应为语言代码，例如 zh-CN 或 en"), e);
        }
    }

    private record Reader(Section top, ZoneId zone) {
        Declarations declarations() {
            top.finish(List.of(
                    "desks",
                    "people",
                    "plugins",
                    "channels",
                    "filters",
                    "responders",
                    "providers",
                    "translators",
                    "deployments",
                    "aliases",
                    "modelRules",
                    "answeringRules",
                    "knowledge",
                    "settings",
                    "money",
                    "translation"));
            var desks = new ArrayList<Declarations.Desk>();
            top.sections("desks").forEach((key, section) -> desks.add(desk(key, section)));
            var people = new ArrayList<Declarations.Person>();
            top.sections("people").forEach((login, section) -> people.add(person(login, section)));
            var channels = new ArrayList<Declarations.Channel>();
            top.sections("channels").forEach((key, section) -> channels.add(channel(key, section)));
            var plugins = new ArrayList<Declarations.Plugin>();
            top.sections("plugins").forEach((id, section) -> {
                named(KEY, id, section);
                plugins.add(PluginReader.plugin(id, section));
            });
            var knowledge = top.items("knowledge").stream().map(this::knowledge).toList();
            var translation = new ArrayList<Declarations.Translation>();
            top.sections("translation")
                    .forEach((desk, section) -> translation.add(TranslationReader.translation(desk, section)));
            var settings = new ArrayList<Declarations.Setting>();
            var declared = top.section("settings");
            for (var key : declared.names()) {
                settings.add(new Declarations.Setting(declared.place(key), key, declared.text(key)));
            }
            return new Declarations(
                    List.copyOf(desks),
                    List.copyOf(people),
                    List.copyOf(plugins),
                    List.copyOf(channels),
                    instances(Kind.FILTER, "filters"),
                    instances(Kind.RESPONDER, "responders"),
                    instances(Kind.AI_PROVIDER, "providers"),
                    instances(Kind.TRANSLATOR, "translators"),
                    ModelReader.models(top),
                    RuleReader.rules(top),
                    knowledge,
                    List.copyOf(settings),
                    top.names().contains("money") ? List.of(MoneyReader.money(top.section("money"))) : List.of(),
                    List.copyOf(translation));
        }

        private List<Declarations.Instance> instances(Kind kind, String name) {
            var sections = top.sections(name);
            sections.forEach((key, section) -> named(KEY, key, section));
            return PluginReader.instances(kind, sections);
        }

        private Declarations.Desk desk(String key, Section section) {
            named(KEY, key, section);
            section.finish(List.of("title", "language", "enabled"));
            return new Declarations.Desk(
                    section.where(), key, titles(section), language(section), section.flag("enabled", true));
        }

        /** A title, or one for each language. */
        private static Map<String, String> titles(Section section) {
            if (!section.names().contains("title")) return Map.of();
            var titles = new LinkedHashMap<String, String>();
            if (section.isText("title")) {
                titles.put("en", section.text("title"));
                titles.put("zh-CN", section.text("title"));
            } else {
                var languages = section.section("title");
                for (var language : languages.names()) titles.put(language, languages.text(language));
            }
            return titles;
        }

        private Declarations.Person person(String login, Section section) {
            named(LOGIN, login, section);
            section.finish(List.of("name", "roles", "desks", "language", "enabled", "password", "mustChangePassword"));
            var roles = new HashSet<Role>();
            for (var role : section.texts("roles")) {
                try {
                    roles.add(Role.valueOf(role.strip().toUpperCase(Locale.ROOT)));
                } catch (IllegalArgumentException e) {
                    section.problem(
                            section.place("roles"),
                            "there is no such role; there are owner, admin, supervisor, agent, auditor, confidant",
                            "没有这个角色；可用的有 owner、admin、supervisor、agent、auditor、confidant");
                }
            }
            if (section.texts("roles").isEmpty())
                section.problem(section.place("roles"), "at least one role is needed", "至少需要一个角色");
            var password = section.text("password");
            if (!password.isEmpty() && password.length() < SHORTEST_PASSWORD) {
                section.problem(
                        section.place("password"),
                        new Words("at least %s characters are needed", "至少需要 %s 个字符").with(SHORTEST_PASSWORD));
            }
            return new Declarations.Person(
                    section.where(),
                    login,
                    section.optionalText("name").orElse(login),
                    roles,
                    section.texts("desks"),
                    language(section),
                    section.flag("enabled", true),
                    password,
                    section.flag("mustChangePassword", true));
        }

        private Declarations.Channel channel(String key, Section section) {
            named(KEY, key, section);
            section.finish(List.of("type", "title", "desk", "enabled", "settings"));
            return new Declarations.Channel(
                    section.where(),
                    key,
                    section.text("type"),
                    section.optionalText("title").orElse(key),
                    section.text("desk"),
                    PluginReader.settings(section),
                    section.flag("enabled", true));
        }

        private Declarations.Knowledge knowledge(Section section) {
            section.finish(List.of("desk", "file", "entries"));
            var entries = new ArrayList<EntryContent>();
            section.optionalText("file").ifPresent(file -> entries.addAll(imported(file, section)));
            for (var item : section.items("entries")) entry(item, entries);
            var doubles = new HashSet<String>();
            for (var entry : entries) {
                if (!doubles.add(entry.identity())) {
                    section.problem(
                            section.where(), new Words("\"%s\" is asked twice", "问题“%s”出现了两次").with(entry.question()));
                }
            }
            return new Declarations.Knowledge(section.where(), section.text("desk"), List.copyOf(entries));
        }

        private List<EntryContent> imported(String file, Section section) {
            var format = FileFormat.of(file);
            if (format.isEmpty()) {
                section.problem(section.place("file"), "the name must end in .md or .csv", "文件名须以 .md 或 .csv 结尾");
                return List.of();
            }
            try {
                var contents =
                        format.get().read(Files.readAllBytes(section.outside().path(file)), zone);
                contents.problems()
                        .forEach(problem -> section.problem(
                                section.place("file"),
                                new Words(
                                        "%s, line %d: %s"
                                                .formatted(
                                                        file,
                                                        problem.line(),
                                                        problem.words().en()),
                                        "%s 第 %d 行：%s"
                                                .formatted(
                                                        file,
                                                        problem.line(),
                                                        problem.words().zh()))));
                return contents.contents();
            } catch (IOException | IllegalArgumentException e) {
                section.problem(section.place("file"), new Words("the file %s cannot be read", "无法读取文件 %s").with(file));
                return List.of();
            }
        }

        private static void entry(Section item, List<EntryContent> entries) {
            item.finish(List.of(
                    "language",
                    "question",
                    "similar",
                    "answer",
                    "enabled",
                    "validFrom",
                    "validUntil",
                    "audience",
                    "channels"));
            var language = item.optional(
                            "language",
                            code -> EntryLanguage.of(code)
                                    .orElseThrow(
                                            () -> new UnreadableException("write zh, en or any", "请写 zh、en 或 any")))
                    .orElse(EntryLanguage.ANY);
            var audience = item.optional(
                            "audience",
                            code -> Audience.of(code)
                                    .orElseThrow(() -> new UnreadableException(
                                            "write all, anonymous or signed-in", "请写 all、anonymous 或 signed-in")))
                    .orElse(Audience.ALL);
            try {
                entries.add(new EntryContent(
                        language,
                        item.text("question"),
                        item.texts("similar"),
                        item.text("answer"),
                        new Validity(moment(item, "validFrom", Instant.MIN), moment(item, "validUntil", Instant.MAX)),
                        new Reach(audience, item.texts("channels")),
                        item.flag("enabled", true)));
            } catch (IllegalArgumentException e) {
                item.problem(item.where(), UnreadableException.words(e));
            }
        }

        private static Instant moment(Section item, String name, Instant open) {
            return item.optional(name, text -> {
                        try {
                            return OffsetDateTime.parse(text).toInstant();
                        } catch (DateTimeParseException e) {
                            throw new UnreadableException(
                                    new Words(
                                            "write it like 2026-12-31T18:00:00+08:00",
                                            "请写成 2026-12-31T18:00:00+08:00 的形式"),
                                    e);
                        }
                    })
                    .orElse(open);
        }

        private static Language language(Section section) {
            return section.optional("language", ConfFile::language).orElse(Language.ZH_CN);
        }

        private static void named(Pattern pattern, String name, Section section) {
            if (!pattern.matcher(name).matches()) {
                section.problem(
                        section.where(), "a name holds a-z, 0-9, dash and underscore only", "名称只能含 a-z、0-9、短横线和下划线");
            }
        }
    }
}
