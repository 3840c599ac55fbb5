package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.Http;
import io.kefuhub.api.Http.Outcome;
import io.kefuhub.api.Language;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.translate.Translation;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A translator that has the hub call a service. */
class WasmTranslatorCallTest {
    private final FakeContext context = new FakeContext("test");

    @AfterEach
    void close() {
        context.close();
    }

    private Translation translate(String order) {
        return new WasmTranslatorFactory(Mapping.MODULE, new WasmFilters())
                .create(Mapping.settings(order), context)
                .translate(List.of("你好"), Language.ZH_CN, Language.EN, Map.of());
    }

    @Test
    void the_secret_is_in_the_header_and_nowhere_else_and_the_answer_is_read() {
        context.http().answer(200, "{\"texts\": [\"hello\"]}");

        assertThat(translate(Mapping.ORDER)).isEqualTo(new Translation.Translated(List.of("hello")));

        var sent = context.http().requests().getFirst();
        assertThat(sent.method()).isEqualTo("POST");
        assertThat(sent.address()).hasToString("https://there.test/ask");
        assertThat(sent.headers()).containsEntry("Authorization", "Bearer " + Mapping.KEY);
        assertThat(sent.body()).isEqualTo(new Http.Body.Text("application/json", "{\"q\":\"{{api-key}}\"}"));
    }

    @Test
    void a_call_that_fails_is_told_to_the_module() {
        context.http().answer(new Outcome.NotAllowed("there.test"));
        assertThat(translate(Mapping.ORDER)).isEqualTo(new Translation.Failed("the host there.test is not allowed"));

        context.http().answer(new Outcome.TimedOut(true));
        assertThat(translate(Mapping.ORDER)).isEqualTo(new Translation.Failed("no answer in time"));
    }

    @Test
    void three_calls_are_made_for_one_question_and_a_fourth_is_refused() {
        context.http().answer(200, Mapping.ORDER).answer(200, Mapping.ORDER).answer(200, "{\"texts\": [\"hi\"]}");
        assertThat(translate(Mapping.ORDER)).isEqualTo(new Translation.Translated(List.of("hi")));
        assertThat(context.http().requests()).hasSize(3);

        for (var i = 0; i < 4; i++) context.http().answer(200, Mapping.ORDER);
        assertThatThrownBy(() -> translate(Mapping.ORDER))
                .isInstanceOf(WasmFault.class)
                .hasMessageContaining("more than 3 calls");
        assertThat(context.http().requests()).hasSize(6);
    }
}
