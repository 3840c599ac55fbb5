package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.api.Http;
import io.kefuhub.api.Http.Outcome;
import io.kefuhub.api.Settings;
import io.kefuhub.api.StoredFile;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.kit.AiProviderContract;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.core.web.Json;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private JsonNode sent() {
        return Json.tree(((Http.Body.Text) context.http().requests().getLast().body()).value());
    }

    private static AiRequest asking(String text, List<StoredFile> pictures, Map<String, String> options) {
        var turn = new AiRequest.Turn(AiRequest.Role.USER, text, pictures);
        return new AiRequest("model-1", "Be brief.", List.of(turn), 256, 0.2, true, options);
    }

    private AiReply ask(AiRequest request) {
        return provider().reply(request, new Pieces(), new NeverCancel());
    }

    @Test
    void a_prompt_of_some_hundred_kilobytes_arrives_whole_and_so_does_its_answer() {
        var prompt = "我的快递在哪里？\"x\"\n".repeat(4_000);
        var told = "一".repeat(60_000);
        context.http().answer(200, """
                {"choices":[{"message":{"content":"%s"},"finish_reason":"stop"}]}""".formatted(told));
        var request = asking(prompt, List.of(), Map.of());
        var whole = new AiRequest(request.model(), "", request.messages(), 256, 0.2, false, Map.of());

        assertThat(ask(whole))
                .isInstanceOfSatisfying(
                        AiReply.Answer.class,
                        answer -> assertThat(answer.text()).isEqualTo(told));

        assertThat(sent().at("/messages/0/content").asText()).isEqualTo(prompt);
    }

    @Test
    void a_prompt_that_no_module_takes_is_too_long_and_never_sent() {
        assertThat(ask(asking("x".repeat(1_100_000), List.of(), Map.of()))).isEqualTo(new AiReply.TooLong(false));

        assertThat(context.http().requests()).isEmpty();
    }

    @Test
    void a_picture_is_put_in_by_the_hub_and_never_goes_through_the_module() {
        lay(Case.ANSWER);
        var bytes = new byte[300_000];
        bytes[7] = 42;
        var picture = context.files().put("parcel.png", "image/png", bytes);

        ask(asking("What is this? {{picture:f_guessed}}", List.of(picture), Map.of()));

        assertThat(sent().at("/messages/1/content/0/image_url/url").asText())
                .isEqualTo("data:image/png;base64," + Base64.getEncoder().encodeToString(bytes));
        assertThat(sent().at("/messages/1/content/1/text").asText()).isEqualTo("What is this? {{picture:f_guessed}}");
    }

    @Test
    void a_picture_that_a_module_leaves_out_is_told_in_words() {
        lay(Case.ANSWER);
        var picture = context.files().put("parcel.png", "image/png", new byte[10]);
        var blind = new WasmModelFactory(MODULE, new WasmFilters())
                .create(
                        Settings.of(Map.of("api-key", "k", "address", "https://models.test", "pictures", "false")),
                        context);

        blind.reply(asking("What is this?", List.of(picture), Map.of()), new Pieces(), new NeverCancel());

        assertThat(sent().at("/messages/1/content").asText()).isEqualTo("[picture]\nWhat is this?");
    }

    @Test
    void a_picture_that_is_gone_is_noticed_before_anything_is_sent() {
        var gone = new StoredFile("f_gone", "parcel.png", "image/png", 10);

        assertThat(ask(asking("What is this?", List.of(gone), Map.of())))
                .isInstanceOfSatisfying(
                        AiReply.Broken.class,
                        broken -> assertThat(broken.dispatched()).isFalse());
    }

    @Test
    void an_answer_after_a_schema_and_fields_of_the_providers_own_are_asked_for() {
        lay(Case.ANSWER);
        var schema = "{\"type\":\"object\",\"additionalProperties\":false}";

        ask(asking("hello", List.of(), Map.of("json_schema", schema, "top_p", "0.5")));

        assertThat(sent().at("/response_format/type").asText()).isEqualTo("json_schema");
        assertThat(sent().at("/response_format/json_schema/schema")).isEqualTo(Json.tree(schema));
        assertThat(sent().at("/response_format/json_schema/strict").asBoolean()).isTrue();
        assertThat(sent().get("top_p").asDouble()).isEqualTo(0.5);
        assertThat(sent().has("json_schema")).isFalse();
    }

    private AiReply told(String order, boolean stream) {
        return new WasmModelFactory(Mapping.MODULE, new WasmFilters())
                .create(Mapping.settings(order), context)
                .reply(AiProviderContract.request(stream), new Pieces(), new NeverCancel());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "{}",
                "{\"http\": {\"url\": \"nowhere\"}}",
                "{\"http\": {\"method\": \"STEAL\", \"url\": \"https://there.test\"}}",
                "{\"http\": {\"url\": \"https://there.test\", \"headers\": {\"X\": \"{{nothing}}\"}}}"
            })
    void a_module_that_cannot_word_the_call_breaks_it_before_it_can_cost_anything(String order) {
        assertThat(told(order, true)).isInstanceOfSatisfying(AiReply.Broken.class, broken -> {
            assertThat(broken.dispatched()).isFalse();
            assertThat(broken.reason()).isNotBlank();
        });
        assertThat(context.http().requests()).isEmpty();
    }

    @Test
    void a_module_that_fails_in_the_middle_of_an_answer_loses_neither_its_text_nor_its_usage() {
        context.http().answer(200, """
                {"content": "It is", "usage": {"input": 20, "output": 2}}
                no JSON
                {"content": " not heard"}""");

        assertThat(told(Mapping.ORDER, true)).isInstanceOfSatisfying(AiReply.Broken.class, broken -> {
            assertThat(broken.dispatched()).isTrue();
            assertThat(broken.textSoFar()).isEqualTo("It is");
            assertThat(broken.usage().output()).isEqualTo(2);
        });
    }

    @Test
    void a_module_that_fails_at_a_whole_answer_says_so_and_at_an_error_leaves_the_word_to_the_status() {
        context.http().answer(200, "{}");
        assertThat(told(Mapping.ORDER, false)).isInstanceOfSatisfying(AiReply.Broken.class, broken -> {
            assertThat(broken.dispatched()).isTrue();
            assertThat(broken.reason()).contains("unreachable");
        });

        context.http().answer(429, "{}");
        assertThat(told(Mapping.ORDER, false)).isEqualTo(new AiReply.RateLimited(Duration.ZERO, true));
    }
}
