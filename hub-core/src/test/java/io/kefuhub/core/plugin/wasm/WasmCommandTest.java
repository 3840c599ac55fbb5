package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.plugin.wasm.guest.Guests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WasmCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private int run(String... words) {
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new WasmCommand(out, out).run(List.of(words));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private Path module(String guest, String manifest) throws IOException {
        var file = Files.write(folder.resolve("mine.wasm"), Guests.bytes(guest));
        Files.writeString(folder.resolve("mine.json"), manifest);
        return file;
    }

    @Test
    void a_module_that_is_fine_is_described_and_measured() {
        var status = run(
                "test",
                Examples.FOLDER.resolve("template-assemblyscript/filter.wasm").toString());

        assertThat(said())
                .contains("filter.wasm: my-filter 1.0.0,")
                .contains("is          a filter")
                .contains("what customers write")
                .contains("✓ rewrites")
                .contains("99 of 100 within")
                .contains("pages of 64 KiB")
                .contains("3 cases, 0 failed");
        assertThat(status).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "translate-glossary, is          a translator, on_translate: ✓ {\"texts\":",
        "ai-openai-dialect, is          an AI provider, model_request: ✓ {\"http\":",
        "channel-webhook, is          a channel, channel_receive: ✓",
    })
    void a_module_that_is_no_filter_is_told_by_what_it_is_and_asked_what_it_answers(
            String name, String what, String asked) {
        var status = run(
                "test", Examples.FOLDER.resolve(name).resolve(name + ".wasm").toString());

        assertThat(said())
                .contains(what, asked)
                .contains("✓ answers the same to eight who ask at once (")
                .contains("99 of 100 within", "pages of 64 KiB")
                .containsPattern("[2-9] cases, 0 failed")
                .doesNotContain("judges", "a failure means", "✗");
        assertThat(status).isZero();
    }

    @Test
    void a_wrong_translator_is_found() throws IOException {
        assertThat(run(
                        "test",
                        module("wrong-translator", "{\"instance\": \"kept\"}").toString()))
                .isEqualTo(1);

        assertThat(said())
                .containsPattern("✗ gives as many texts as it got, in their order .*\n.*it got 3 texts and gives 1")
                .containsPattern("✗ keeps placeholders, quotes and emoji .*\n.*it loses \\[PHONE_1]")
                .contains("✗ says when it does not know a language")
                .contains("✓ has an answer for odd texts")
                .containsPattern("✗ answers the same whatever it was asked in between .*\n.*on_translate: first ")
                .containsPattern("✗ answers the same in a fresh instance .*\n.*on_translate: first ")
                .contains("promises broken");
    }

    @Test
    void a_wrong_dialect_is_found() throws IOException {
        Files.createDirectories(folder.resolve("cases"));
        Files.writeString(folder.resolve("cases/stream.json"), """
                [{"name": "alike", "ask": "model_event", "given": {"lines": ["data: On its", "", "data:  way."], "body": "On its way."},
                  "expect": {"content": "On its way.", "finish": "stop"}},
                 {"name": "says nothing of it", "ask": "model_event", "given": {"line": "data: "}, "fails": "nothing"}]""");
        var file = module(
                "wrong-dialect",
                "{\"settings\": [{\"key\": \"address\", \"type\": \"address\", \"default\": \"https://there.test\"}]}");

        assertThat(run("test", file.toString())).isEqualTo(1);

        assertThat(said())
                .containsPattern("✗ alike\n.*expected .*stop.*\n.*it answers streamed: \\{\"content\":\"On its way.\"}")
                .containsPattern("✗ says nothing of it\n.*expected a failure: nothing")
                .containsPattern("✗ words a call that the hub may make.*\n.*elsewhere.test called")
                .containsPattern("✗ hands on all that was said.*\n.*Be brief. Parcel \\[PHONE_1]")
                .contains("✗ reads no answer out of lines that are none")
                .contains("✗ reads no answer out of a body that is none")
                .contains("✗ tells an error as one")
                .contains("✓ answers the same to eight who ask at once");
    }

    @Test
    void a_wrong_channel_is_found() throws IOException {
        var file = module(
                "wrong-channel",
                "{\"settings\": [{\"key\": \"address\", \"type\": \"address\", \"default\": \"https://there.test\"}]}");

        assertThat(run("test", file.toString())).isEqualTo(1);

        assertThat(said())
                .containsPattern(
                        "✗ reads no message into a call that brings none.*\n.*it fails: it failed: unreachable")
                .contains("✓ words a call that the hub may make for a reply")
                .containsPattern("✗ hands on what is said.*\n.*Parcel \\[PHONE_1]")
                .containsPattern("✗ tells a refusal of the platform as one.*\n.*it says that the reply arrived")
                .contains("✓ answers the same in a fresh instance");
    }

    @Test
    void a_module_whose_own_case_fails_is_not_taken() throws IOException {
        var file = module("wrong-channel", """
                {"cases": [{"name": "tells a failure", "ask": "channel_deliver",
                            "given": {"response": {"status": 500}}, "expect": {"retryMs": 1000}}]}""");

        assertThat(run("test", file.toString())).isEqualTo(1);
        assertThat(said()).contains("The hub would not take it", "tells a failure", "{\"done\":\"1\"}");
    }

    @Test
    void a_module_that_cannot_word_a_call_fails() throws IOException {
        var status = run("test", module("mapping", "{}").toString());

        assertThat(said())
                .contains("is          a translator, an AI provider")
                .contains("model_request: ✗ it failed: unreachable");
        assertThat(status).isEqualTo(1);
    }

    @Test
    void a_case_that_fails_is_shown_with_what_it_answers() throws IOException {
        var file = module("echo", """
                {"name": "mine", "cases": [{"name": "greets", "given": {"text": "hi"}, "expect": {"action": "pass"}}]}""");

        assertThat(run("test", file.toString())).isEqualTo(1);
        assertThat(said())
                .contains("✗ greets")
                .contains("none of pass, rewrite")
                .contains("1 cases, 1 failed");
    }

    @Test
    void cases_that_lie_beside_it_are_asked_too() throws IOException {
        var file = module("version-1", "{}");
        Files.createDirectories(folder.resolve("cases"));
        Files.writeString(
                folder.resolve("cases/tags.json"),
                "[{\"name\": \"tags\", \"given\": {\"text\": \"hi\"}, \"expect\": {\"action\": \"pass\", \"tags\": [\"v1\"]}}]");

        assertThat(run("test", file.toString())).as(said()).isZero();
        assertThat(said()).contains("✓ tags");
    }

    @Test
    void what_the_hub_would_not_take_is_said_in_both_languages() throws IOException {
        assertThat(run("test", module("unknown-import", "{}").toString())).isEqualTo(1);
        assertThat(said())
                .contains("env open_door, which the hub does not offer")
                .contains("本系统不提供的");
    }

    @Test
    void a_packed_module_carries_its_manifest() throws Exception {
        assertThat(run("pack", module("version-1", "{\"version\": \"2.1.0\"}").toString()))
                .isZero();

        var packed = Files.readAllBytes(folder.resolve("mine.packed.wasm"));

        assertThat(WasmFormat.read(packed).manifest().version()).contains("2.1.0");
        assertThat(WasmFormat.read(packed).manifest().name()).isEqualTo("mine");
    }

    @Test
    void a_wrong_call_is_explained() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("test", "nowhere.wasm")).isEqualTo(2);
        assertThat(run("bake", Examples.FOLDER.resolve("README.md").toString())).isEqualTo(2);
        assertThat(said())
                .contains("Usage: kefuhub wasm test")
                .contains("no file nowhere.wasm")
                .contains("wasm bake");
    }
}
