package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.kit.Messages;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterAnswerTest {
    private static final Part PICTURE = Part.Media.of(Messages.picture());
    private static final Part.Menu MENU = new Part.Menu("Which one?", List.of(new Part.Menu.Option("1", "Returns")));

    private static Verdict read(String json, Message message, Stage stage) {
        return FilterAnswer.read(json.getBytes(StandardCharsets.UTF_8), message, stage);
    }

    private static Verdict read(String json) {
        return read(json, Message.of("hello"), Stage.CUSTOMER_IN);
    }

    @Test
    void every_action_is_understood() {
        assertThat(read("")).isEqualTo(Verdict.pass());
        assertThat(read("{\"action\":\"pass\",\"tags\":[\"vip\"],\"attrs\":{\"order\":\"7\"}}"))
                .isEqualTo(new Verdict.Pass(Set.of("vip", "order:7")));
        assertThat(read("{\"action\":\"rewrite\",\"text\":\"你好\"}"))
                .isEqualTo(Verdict.rewrite(List.of(new Part.Text("你好"))));
        assertThat(read("{\"action\":\"hold\",\"reason\":\"why\"}")).isEqualTo(Verdict.hold("why"));
        assertThat(read("{\"action\":\"block\",\"reason\":\"why\",\"reply\":\"no\"}"))
                .isEqualTo(new Verdict.Block("why", "no", Set.of()));
    }

    @Test
    void a_rewrite_keeps_files_and_choices_where_they_are() {
        var mixed = new Message(List.of(new Part.Text("look"), PICTURE, new Part.Text("here")));
        var menu = new Message(List.of(MENU));

        assertThat(((Verdict.Rewrite) read("{\"action\":\"rewrite\",\"text\":\"x\"}", mixed, Stage.CUSTOMER_IN))
                        .parts())
                .containsExactly(new Part.Text("x"), PICTURE);
        assertThat(((Verdict.Rewrite) read("{\"action\":\"rewrite\",\"texts\":[\"x\",\"\"]}", mixed, Stage.CUSTOMER_IN))
                        .parts())
                .containsExactly(new Part.Text("x"), PICTURE);
        assertThat(((Verdict.Rewrite) read("{\"action\":\"rewrite\",\"text\":\"x\"}", menu, Stage.BOT_OUT)).parts())
                .containsExactly(new Part.Menu("x", MENU.options()));
    }

    @Test
    void placeholders_are_for_models_only() {
        var answer = "{\"action\":\"rewrite\",\"text\":\"call [P1]\",\"placeholders\":{\"[P1]\":\"139\"}}";

        assertThat(((Verdict.Rewrite) read(answer, Message.of("call 139"), Stage.TO_MODEL)).placeholders())
                .isEqualTo(Map.of("[P1]", "139"));
        assertThatThrownBy(() -> read(answer)).isInstanceOf(WasmFault.class).hasMessageContaining("no model");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello | no JSON object",
                "[] | no JSON object",
                "{} | none of pass",
                "{\"action\":\"delete\"} | none of pass",
                "{\"action\":1} | is no text",
                "{\"action\":\"pass\",\"action\":\"block\"} | no JSON object",
                "{\"action\":\"pass\",\"text\":\"x\"} | a field that pass does not have: text",
                "{\"action\":\"rewrite\"} | gives no text",
                "{\"action\":\"rewrite\",\"text\":\" \"} | to nothing",
                "{\"action\":\"rewrite\",\"text\":7} | is no text",
                "{\"action\":\"rewrite\",\"texts\":[]} | fewer texts",
                "{\"action\":\"rewrite\",\"texts\":[\"a\",\"b\"]} | more texts",
                "{\"action\":\"pass\",\"tags\":\"vip\"} | no list of texts",
                "{\"action\":\"pass\",\"tags\":[\"\"]} | a tag that is empty",
            })
    void what_is_not_as_agreed_is_a_fault(String answer, String reason) {
        assertThatThrownBy(() -> read(answer))
                .isInstanceOfSatisfying(
                        WasmFault.class, fault -> assertThat(fault.kind()).isEqualTo(WasmFault.Kind.ANSWER))
                .hasMessageContaining(reason);
    }

    @Test
    void what_is_no_text_is_a_fault() {
        assertThatThrownBy(() -> FilterAnswer.read(
                        new byte[] {(byte) 0xff, (byte) 0xfe}, Message.of("hello"), Stage.CUSTOMER_IN))
                .isInstanceOf(WasmFault.class);
        assertThatThrownBy(() -> FilterAnswer.read(
                        new byte[] {'{', '"', 'a', 'c', 't', 'i', 'o', 'n', '"', ':', '"', (byte) 0xff, '"', '}'},
                        Message.of("hello"),
                        Stage.CUSTOMER_IN))
                .isInstanceOf(WasmFault.class);
    }
}
