package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Http;
import io.kefuhub.api.Http.Outcome;
import io.kefuhub.api.Settings;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.kit.AiProviderContract;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.core.web.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenAiDialectTest implements AiProviderContract {
    private static final LiveModule MODULE = Examples.live("ai-openai-dialect");
    private static final String ANSWER = """
            data: {"choices":[{"delta":{"role":"assistant","content":""},"finish_reason":null}]}

            data: {"choices":[{"delta":{"content":"It is \\"on\\" "},"finish_reason":null}]}

            data: {"choices":[{"delta":{"content":"its way, 你好"},"finish_reason":null}]}

            data: {"choices":[{"delta":{},"finish_reason":"stop"}]}

            data: {"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":4}}}

            data: [DONE]
            """;

    private final FakeContext context = new FakeContext("test");

    @Override
    public AiProvider provider() {
        return new WasmModelFactory(MODULE, new WasmFilters())
                .create(Settings.of(Map.of("api-key", "sk-secret", "address", "https://models.test/v1/")), context);
    }

    @Override
    public void lay(Case next) {
        switch (next) {
            case ANSWER -> context.http().answer(200, ANSWER);
            case RATE_LIMITED ->
                context.http()
                        .answer(new Outcome.Answered(429, Map.of("Retry-After", List.of("7")), error("rate_limit")));
            case OVERLOADED -> context.http().answer(503, error("overloaded"));
            case CREDENTIALS_REFUSED -> context.http().answer(401, error("invalid_api_key"));
            case NO_BALANCE -> context.http().answer(429, error("insufficient_quota"));
            case TOO_LONG -> context.http().answer(400, error("context_length_exceeded"));
            case CONTENT_FILTERED ->
                context.http()
                        .answer(200, "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"content_filter\"}]}\n");
            case REFUSED -> context.http().answer(400, error("model_not_found"));
            case BROKEN_AFTER_SOME_TEXT ->
                context.http().answer(200, "data: {\"choices\":[{\"delta\":{\"content\":\"It is\"}}]}\n");
            case NO_JSON -> context.http().answer(200, "<html>");
        }
    }

    private static String error(String code) {
        return "{\"error\":{\"message\":\"no\",\"type\":\"x\",\"code\":\"" + code + "\"}}";
    }

    @Test
    void the_call_is_worded_by_the_module_and_the_key_is_put_in_by_the_hub() {
        lay(Case.ANSWER);

        var reply = provider().reply(AiProviderContract.request(true), new Pieces(), new NeverCancel());

        assertThat(reply).isInstanceOfSatisfying(AiReply.Answer.class, answer -> {
            assertThat(answer.text()).isEqualTo("It is \"on\" its way, 你好");
            assertThat(answer.finish()).isEqualTo(AiReply.Finish.STOP);
            assertThat(answer.usage().input()).isEqualTo(20);
            assertThat(answer.usage().cachedInput()).isEqualTo(4);
        });
        var sent = context.http().requests().getFirst();
        assertThat(sent.address()).hasToString("https://models.test/v1/chat/completions");
        assertThat(sent.headers()).containsEntry("Authorization", "Bearer sk-secret");
        assertThat(((Http.Body.Text) sent.body()).value()).doesNotContain("sk-secret");
        var body = Json.tree(((Http.Body.Text) sent.body()).value());
        assertThat(body.at("/messages/0/content").asText()).isEqualTo("Be brief.");
        assertThat(body.at("/messages/1/content").asText()).isEqualTo("Where is my parcel?");
        assertThat(body.at("/max_tokens").asInt()).isEqualTo(256);
    }

    @Test
    void an_answer_at_once_is_read_too_and_a_pause_is_told() {
        context.http().answer(200, """
                {"choices":[{"message":{"role":"assistant","content":"Tomorrow."},"finish_reason":"length"}],\
                "usage":{"prompt_tokens":20,"completion_tokens":2}}""");
        assertThat(provider().reply(AiProviderContract.request(false), new Pieces(), new NeverCancel()))
                .isInstanceOfSatisfying(AiReply.Answer.class, answer -> {
                    assertThat(answer.text()).isEqualTo("Tomorrow.");
                    assertThat(answer.finish()).isEqualTo(AiReply.Finish.LENGTH);
                });

        lay(Case.RATE_LIMITED);
        assertThat(provider().reply(AiProviderContract.request(true), new Pieces(), new NeverCancel()))
                .isEqualTo(new AiReply.RateLimited(Duration.ofSeconds(7), true));
    }
}
