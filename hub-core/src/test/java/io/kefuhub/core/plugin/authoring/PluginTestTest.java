package io.kefuhub.core.plugin.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.plugin.jar.PluginJar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PluginTestTest {
    private static final String CASES = "META-INF/kefuhub/cases/say.json";
    private static final String PASSES = "return Verdict.pass();";

    @TempDir
    Path folder;

    private record Said(int code, String out, String err) {}

    /** What hangs in these tests hangs until then, and burns nothing. */
    @AfterAll
    static void letGo() {
        System.setProperty("let-go", "");
    }

    @Test
    void a_good_plugin_is_described_and_all_it_is_asked_holds() throws Exception {
        var said = test(PluginJar.filter("say", "1.0.0", PASSES)
                .manifest("Plugin-Title", "Says")
                .manifest("Plugin-Hosts", "api.example.com")
                .manifest("Plugin-Libraries", "lib.one, lib.two")
                .source("lib.one.Library", "package lib.one; class Library {}")
                .source("lib.two.Library", "package lib.two; class Library {}")
                .file(CASES, cases("pass")));

        assertThat(said.out)
                .contains("say.jar", "version   1.0.0", "title     Says", "signature none")
                .contains(
                        "asks for  hosts api.example.com",
                        "keeps     lib.one, lib.two",
                        "filter say: A filter",
                        "✓ say.json: it passes")
                .contains("✓ gives the same verdict to many who ask at once", "✓ answers within the usual deadline")
                .contains("✓ names the key of a required setting that is missing", "✓ leaves no thread behind")
                .doesNotContain("✗", "\u001B");
        assertThat(said.out).containsPattern("All \\d+ hold, after \\d+\\.\\d s");
        assertThat(said.code).isZero();
        assertThat(said.err).isEmpty();
    }

    @Test
    void a_case_that_fails_is_told_with_what_was_expected_and_what_came() throws Exception {
        var said = test(PluginJar.filter("say", "1.0.0", PASSES).file(CASES, cases("block")));

        assertThat(said.out)
                .contains("✗ say.json: it passes", "expected {\"action\":\"block\"", "got      {\"action\":\"pass\"")
                .containsPattern("1 of \\d+ fail");
        assertThat(said.code).isEqualTo(1);
    }

    @Test
    void a_call_that_is_not_asked_for_is_refused_as_by_the_hub() throws Exception {
        var said = test(PluginJar.filter("say", "1.0.0", "System.exit(0); return null;"));

        assertThat(said.out)
                .contains("✗ The hub refuses it", "Its class ext.ThePlugin$TheFilter calls java.lang.System.exit");
        assertThat(said.code).isEqualTo(1);
    }

    @Test
    void a_plugin_that_hangs_when_it_starts_is_given_up() throws Exception {
        var said = test(PluginJar.of("say", "1.0.0").source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import java.util.*;

                public final class ThePlugin implements HubPlugin {
                    @Override
                    public List<Contribution> contributions() {
                        while (System.getProperty("let-go") == null) {
                            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
                        }
                        return List.of();
                    }
                }
                """));

        assertThat(said.out).contains("✗ The hub refuses it", "It does not start: no answer after ");
        assertThat(said.code).isEqualTo(1);
    }

    @Test
    void a_filter_that_never_answers_is_given_up_and_told_where() throws Exception {
        var said = test(PluginJar.filter("say", "1.0.0", """
                while (message.text().equals(".") && System.getProperty("let-go") == null) {
                    java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
                }
                return Verdict.pass();"""));

        assertThat(said.out)
                .contains("✗ has a verdict for every odd message at every stage", "CUSTOMER_IN “.”: no answer after");
        assertThat(said.code).isEqualTo(1);
    }

    @Test
    void a_filter_that_throws_or_remembers_is_found_out() throws Exception {
        var throwing = test(PluginJar.filter(
                "say", "1.0.0", "return message.text().charAt(0) == 'x' ? null : " + "Verdict.pass();"));
        var remembering = test(PluginJar.filter("say", "1.0.0", """
                var count = Integer.getInteger("say", 0) + 1;
                System.setProperty("say", "" + count);
                return count % 7 == 0 ? Verdict.hold("seventh") : Verdict.pass();"""));

        assertThat(throwing.out)
                .contains("✗ has a verdict for every odd message", "“" + "x".repeat(30) + "…”: threw answered null");
        assertThat(remembering.out).contains("✗ gives the same verdict whatever it was asked in between", "seventh");
        assertThat(List.of(throwing.code, remembering.code)).containsOnly(1);
    }

    @Test
    void a_provider_is_asked_while_its_service_is_played_and_one_that_is_wrong_is_found_out() throws Exception {
        var address = "\"http://localhost:1/chat\"";
        var good = test(AskedPlugins.provider(address, ""), "--set", "key=sk-very-secret");
        var open = test(
                AskedPlugins.provider("\"http://localhost:1/chat?key=\" + key", ""), "--set", "key=sk-very-secret");
        var inventive = test(
                AskedPlugins.provider(
                        address,
                        "if (!text.isEmpty()) return new AiReply.Answer(text, Usage.UNKNOWN, AiReply.Finish.STOP);"),
                "--set",
                "key=sk-very-secret");

        assertThat(good.out)
                .contains("speaks    Ollama", "✓ reads an answer in pieces as it reads it whole")
                .contains(
                        "✓ puts no secret into an address or a reason",
                        "✓ lets go of its service when it is called off")
                .doesNotContain("✗");
        assertThat(good.code).as(good.out).isZero();
        assertThat(open.out).contains("✗ puts no secret into an address", "a secret stands in its address");
        assertThat(inventive.out)
                .contains("✗ takes an answer that was cut for a failure", "cut after 1 lines: Answer[text=您的包裹");
        assertThat(List.of(open.code, inventive.code)).containsOnly(1);
    }

    @Test
    void a_translator_is_asked_in_languages_that_it_knows_and_one_that_is_wrong_is_found_out() throws Exception {
        var good = test(AskedPlugins.translator("texts.stream().map(text -> \"译：\" + text).toList()"));
        var mixing = test(AskedPlugins.translator("texts.stream().map(text -> \"译：\" + text).sorted().toList()"));
        var losing = test(
                AskedPlugins.translator("texts.stream().map(text -> text.replaceAll(\"\\\\[.*?]\", \"电话\")).toList()"));

        assertThat(good.out)
                .contains("translates en → zh-CN", "✓ keeps placeholders")
                .doesNotContain("✗");
        assertThat(good.code).as(good.out).isZero();
        assertThat(mixing.out).contains("✗ gives as many texts as it got");
        assertThat(losing.out).contains("✗ keeps placeholders and web addresses", "[phone-1] is lost in hello 电话");
        assertThat(List.of(mixing.code, losing.code)).containsOnly(1);
    }

    @Test
    void a_directory_that_believes_what_anybody_types_is_found_out() throws Exception {
        var good = test(AskedPlugins.directory("contact.verified() && contact.subject().equals(\"u_1\")"));
        var trusting = test(
                AskedPlugins.directory("\"anna@example.com\".equals(contact.attributes().get(\"email\"))"),
                "--lang",
                "zh");

        assertThat(good.out)
                .contains("✓ tells nothing to somebody who only says")
                .doesNotContain("✗");
        assertThat(good.code).as(good.out).isZero();
        assertThat(trusting.out).contains("✗ 对仅自称身份的人不透露任何信息", "给出了某个人的信息");
        assertThat(trusting.code).isEqualTo(1);
    }

    @Test
    void the_contract_kit_is_no_part_of_what_a_plugin_sees() throws Exception {
        var said = test(PluginJar.filter("say", "1.0.0", """
                try {
                    return Verdict.block(Class.forName("io.kefuhub.api.kit.Messages").getName());
                } catch (ClassNotFoundException e) {
                    return Verdict.pass();
                }""").file(CASES, cases("pass")));

        assertThat(said.code).as(said.out).isZero();
    }

    @Test
    void a_factory_that_reads_no_settings_is_found_out() throws Exception {
        var said = test(withSettings("return new TheFilter();"), "--set", "most=3");

        assertThat(said.out)
                .contains("most (number, required) Most", "✗ names the key of a required setting that is missing")
                .contains("most without a value: an instance was made; read every setting in create");
        assertThat(said.code).isEqualTo(1);
    }

    @Test
    void settings_come_from_the_command_or_from_the_cases_and_are_asked_for_when_they_are_missing() throws Exception {
        var jar = withSettings("settings.number(MOST); return new TheFilter();");

        var without = test(jar);
        var given = test(jar, "--set", "most=3");
        var named = test(jar, "--set", "say.most=3");
        var wrong = test(jar, "--set", "most=three");
        var unknown = test(jar, "--set", "least=3");
        var inCases = test(jar.file(CASES, cases("pass", "\"settings\": {\"most\": 3},")));

        assertThat(without.out).contains("? No instance can be made without: most. Give each with --set most=VALUE.");
        assertThat(without.code).isEqualTo(2);
        assertThat(given.code).as(given.out).isZero();
        assertThat(named.code).as(named.out).isZero();
        assertThat(wrong.out).contains("a setting is wrong: most: a whole number is expected");
        assertThat(wrong.code).isEqualTo(1);
        assertThat(unknown.err).contains("--set least: it has no such setting; there are: most, say.most");
        assertThat(unknown.code).isEqualTo(2);
        assertThat(inCases.code).as(inCases.out).isZero();
    }

    @Test
    void the_report_is_chinese_where_the_terminal_is_or_when_told() throws Exception {
        var told = test(PluginJar.filter("say", "1.0.0", PASSES).file(CASES, cases("block")), "--lang", "zh");
        var byTerminal = run(Map.of("LANG", "zh_CN.UTF-8"), "no-such.jar");

        assertThat(told.out)
                .contains("基本情况", "版本      1.0.0", "黄金用例", "期望 {", "过滤器 say 的契约", "多线程同时询问时裁决相同")
                .containsPattern("1 项未通过（共 \\d+ 项）");
        assertThat(byTerminal.err).startsWith("没有这个文件：no-such.jar").contains("用法：");
        assertThat(byTerminal.code).isEqualTo(2);
    }

    @Test
    void what_cannot_be_read_is_told_apart_from_what_fails() throws Exception {
        var text = Files.writeString(folder.resolve("text.jar"), "no jar at all");

        assertThat(run(Map.of(), text.toString()).err)
                .startsWith("The file cannot be read: ")
                .contains("It is no jar");
        for (var words :
                List.of(List.of(text.toString()), List.<String>of(), List.of("--sett", "x"), List.of("a", "b"))) {
            assertThat(run(Map.of(), words.toArray(String[]::new)).code).isEqualTo(2);
        }
    }

    @Test
    void a_hub_that_takes_signed_plugins_only_would_refuse_an_unsigned_one() throws Exception {
        var jar = PluginJar.filter("say", "1.0.0", PASSES).build(folder.resolve("say.jar"));

        var said = run(Map.of("KEFUHUB_PLUGINS_REQUIRE_SIGNED", "true"), jar.toString());

        assertThat(said.out).contains("✗ The hub refuses it", "It is not signed");
        assertThat(said.code).isEqualTo(1);
    }

    @Test
    void a_person_at_a_terminal_sees_colours_unless_told_otherwise() throws Exception {
        var jar = PluginJar.filter("say", "1.0.0", PASSES)
                .build(folder.resolve("say.jar"))
                .toString();

        assertThat(run(true, Map.of(), jar).out).contains("\u001B[32m✓\u001B[0m");
        assertThat(run(true, Map.of("NO_COLOR", "1"), jar).out).doesNotContain("\u001B");
    }

    private static PluginJar withSettings(String create) {
        return PluginJar.of("say", "1.0.0").source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.filter.*;
                import io.kefuhub.api.message.*;
                import java.util.*;

                public final class ThePlugin implements HubPlugin {
                    static final SettingSpec MOST = SettingSpec.number("most", "Most");

                    @Override
                    public List<Contribution> contributions() {
                        return List.of(new TheFactory());
                    }

                    static final class TheFactory implements FilterFactory {
                        @Override
                        public Description description() {
                            return new Description("say", Map.of(Language.EN, "A filter"), List.of(MOST));
                        }

                        @Override
                        public Filter create(Settings settings, FilterContext context) {
                            %s
                        }
                    }

                    static final class TheFilter implements Filter {
                        @Override
                        public Set<Stage> stages() {
                            return Set.of(Stage.CUSTOMER_IN);
                        }

                        @Override
                        public Verdict apply(Message message, Facts facts, Stage stage) {
                            return Verdict.pass();
                        }
                    }
                }
                """.formatted(create));
    }

    private static byte[] cases(String action) {
        return cases(action, "");
    }

    private static byte[] cases(String action, String settings) {
        return """
                {
                  "contribution": "say",
                  %s
                  "cases": [
                    {
                      "name": "it passes",
                      "given": {"stage": "CUSTOMER_IN", "text": "hello"},
                      "expect": {"action": "%s"}
                    }
                  ]
                }""".formatted(settings, action).getBytes(StandardCharsets.UTF_8);
    }

    private Said test(PluginJar jar, String... more) throws IOException {
        var words = new ArrayList<String>();
        words.add(jar.build(folder.resolve("say.jar")).toString());
        words.addAll(List.of(more));
        return run(Map.of("KEFUHUB_FILTER_DEADLINE", "2s"), words.toArray(String[]::new));
    }

    private Said run(Map<String, String> environment, String... words) {
        return run(false, environment, words);
    }

    private Said run(boolean terminal, Map<String, String> environment, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var code = new PluginTest(
                        environment,
                        Clock.systemUTC(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        terminal)
                .run(List.of(words));
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
