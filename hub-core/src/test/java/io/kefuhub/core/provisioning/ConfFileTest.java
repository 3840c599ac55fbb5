package io.kefuhub.core.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.core.answering.knowledge.Audience;
import io.kefuhub.core.answering.knowledge.Reach;
import io.kefuhub.core.web.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void a_file_declares_everything() throws IOException {
        Files.writeString(folder.resolve("token"), "from-a-file\n");
        Files.writeString(folder.resolve("faq.md"), "---\nlanguage: zh\n---\n## 怎么退货\n\n可退\n");

        var file = read("""
                desks:
                  main:
                    title: {zh-CN: 松林小铺, en: Songlin Goods}
                people:
                  li.na:
                    name: 李娜
                    roles: [agent, supervisor]
                    desks: [main]
                    password: ${env:LI_NA_PASSWORD}
                channels:
                  wk_demo:
                    type: web
                    desk: main
                    settings:
                      token: ${file:token}
                      origins: [https://a.example, https://b.example]
                      price: costs $${5}
                knowledge:
                  - desk: main
                    file: faq.md
                  - desk: main
                    entries:
                      - {language: en, question: "How do I pay?", similar: [payment], answer: By card., audience: signed-in, channels: [wk_demo]}
                settings:
                  organisation: 松林
                  sound: false
                """);

        assertThat(file.problems()).isEmpty();
        var declared = file.declared();
        assertThat(declared.desks().getFirst().titles()).containsEntry("zh-CN", "松林小铺");
        var person = declared.people().getFirst();
        assertThat(person.roles()).containsExactlyInAnyOrder(Role.AGENT, Role.SUPERVISOR);
        assertThat(person.password()).isEqualTo("correct horse");
        assertThat(person.mustChangePassword()).isTrue();
        assertThat(person.language()).isEqualTo(Language.ZH_CN);
        assertThat(declared.channels().getFirst().settings())
                .isEqualTo(Map.of(
                        "token",
                        "from-a-file",
                        "origins",
                        "https://a.example\nhttps://b.example",
                        "price",
                        "costs ${5}"));
        assertThat(declared.knowledge()).hasSize(2);
        assertThat(declared.knowledge().getLast().entries().getFirst().reach())
                .isEqualTo(new Reach(Audience.SIGNED_IN, List.of("wk_demo")));
        assertThat(declared.knowledge().getFirst().entries().getFirst().answer())
                .isEqualTo("可退");
        assertThat(declared.settings()).extracting(Declarations.Setting::key).containsExactly("organisation", "sound");
        assertThat(file.reads()).isEqualTo(Set.of(folder.resolve("token"), folder.resolve("faq.md")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "desks:@  main:@    titel: x|3|desks.main.titel|not known here",
                "desk:@  main: {}|1|desk|not known here",
                "desks: [main]|1|desks|names with values",
                "desks:@  Main: {}|2|desks.Main|a name holds",
                "desks:@  main: {}@  main: {}|3|desks.main|twice",
                "desks:@  main:@    enabled: maybe|3|desks.main.enabled|true or false",
                "desks:@  main:@    language: '?'|3|desks.main.language|language",
                "people:@  li:@    roles: [boss]@    password: correct horse|3|people.li.roles|no such role",
                "people:@  li:@    roles: [agent]|2|people.li|\"password\" is missing",
                "people:@  li:@    roles: [agent]@    password: short|4|people.li.password|at least 10",
                "people:@  li:@    roles: [agent]@    password: ${env:NOWHERE}|4|people.li.password|no NOWHERE",
                "people:@  li:@    roles: [agent]@    password: ${file:gone}|4|people.li.password|gone cannot be read",
                "people:@  li:@    roles: [agent]@    password: ${LI}|4|people.li.password|write ${env:NAME}",
                "channels:@  wk:@    desk: main|2|channels.wk|\"type\" is missing",
                "knowledge:@  desk: main|1|knowledge|a list is expected",
                "knowledge:@  - desk: main@    file: a.doc|3|knowledge[1].file|end in .md or .csv",
                "knowledge:@  - desk: main@    file: bad.md|3|knowledge[1].file|bad.md, line 2: the answer is missing",
                "knowledge:@  - desk: main@    entries:@      - {question: q, answer: a, audience: members}|4|knowledge[1].entries[1].audience|signed-in",
                "knowledge:@  - desk: main@    entries:@      - question: q|4|knowledge[1].entries[1]|\"answer\" is missing",
                "knowledge:@  - desk: main@    entries:@      - {question: q, answer: a}@      - {question: 'q?', answer: b}|2|knowledge[1]|asked twice",
                "a: b: c|1||not YAML",
                "- a|1||names with values",
            })
    void a_problem_names_line_and_key(String text, int line, String key, String message) throws IOException {
        Files.writeString(folder.resolve("bad.md"), "\n## q\n");

        var problems = read(text.replace("@", "\n")).problems();

        assertThat(problems).isNotEmpty();
        assertThat(problems.getFirst().where()).isEqualTo(new Where("shop.yaml", line, key == null ? "" : key));
        assertThat(problems.getFirst().words().en()).contains(message);
        assertThat(problems.getFirst().words().zh()).containsPattern("\\p{IsHan}");
    }

    @Test
    void all_problems_are_told_at_once_and_none_tells_a_secret() {
        var problems = read("""
                people:
                  li: {roles: [boss], password: "${env:SHORT}"}
                  wu: {roles: [agent], password: "${env:LI_NA_PASSWORD} ${env:NOWHERE}"}
                """).problems();

        assertThat(problems).hasSizeGreaterThanOrEqualTo(3);
        assertThat(problems.toString()).doesNotContain("hunter2", "correct horse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a remark\n", "desks:\n", "desks: {}\n"})
    void an_empty_file_declares_nothing(String text) {
        var file = read(text);

        assertThat(file.problems()).isEmpty();
        assertThat(file.declared()).isEqualTo(Declarations.NONE);
    }

    @Test
    void hostile_yaml_is_refused() {
        var bomb = "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\n";

        assertThat(read(bomb).problems()).isNotEmpty();
        assertThat(read("desks: !!javax.script.ScriptEngineManager [x]").problems())
                .isNotEmpty();
        assertThat(read("[".repeat(10_000)).problems()).isNotEmpty();
    }

    private ConfFile read(String text) {
        var environment = Map.of("LI_NA_PASSWORD", "correct horse", "SHORT", "hunter2");
        return ConfFile.read("shop.yaml", text, new Outside(environment, folder), ZoneOffset.UTC);
    }

    @Test
    void what_is_declared_never_prints_its_secrets() {
        var file = read("""
                people: {li: {roles: [agent], password: correct horse}}
                channels: {wk: {type: web, desk: main, settings: {token: correct horse}}}
                """);

        assertThat(List.of(file.declared()).toString()).doesNotContain("correct horse");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filters: {a: {type: x, skip: [NOWHERE]}}|filters.a.skip",
                "filters: {a: {type: x, deadline: soon}}|filters.a.deadline",
                "filters: {a: {type: x, deadline: 2h}}|filters.a.deadline",
                "filters: {a: {type: x, whenFailed: shrug}}|filters.a.whenFailed",
                "filters: {a: {type: x, order: first}}|filters.a.order",
                "filters: {a: {title: no type}}|filters.a",
                "responders: {A: {type: x}}|responders.A",
                "plugins: {p: {allow: {hosts: ['a b']}}}|plugins.p.allow.hosts",
                "plugins: {p: {allow: {abilities: [fly]}}}|plugins.p.allow.abilities",
                "plugins: {p: {alow: {}}}|plugins.p.alow"
            })
    void what_is_wrong_with_a_filter_or_a_plugin_is_named(String text, String key) throws IOException {
        assertThat(read(text).problems())
                .extracting(problem -> problem.where().key())
                .containsExactly(key);
    }
}
