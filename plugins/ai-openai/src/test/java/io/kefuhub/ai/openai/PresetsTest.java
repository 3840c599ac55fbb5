package io.kefuhub.ai.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.ai.exchange.Golden;
import io.kefuhub.ai.exchange.Heard;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.ai.exchange.PlayedProvider;
import io.kefuhub.ai.exchange.WireContext;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.Embedding;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.kit.AiProviderContract;
import io.kefuhub.api.kit.FactoryQuestions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In what the services known by name differ. */
class PresetsTest {
    private static final String SCHEMA = "{\"type\":\"object\"}";

    private final PlayedProvider server = new PlayedProvider();
    private final WireContext context = new WireContext();

    @AfterEach
    void end() {
        context.close();
        server.close();
    }

    private static OpenAiProviderFactory factory(String id) {
        return OpenAiProviderFactory.all().stream()
                .filter(factory -> factory.description().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private AiReply ask(String id, Map<String, String> more, AiRequest request) {
        var values = new HashMap<>(more);
        values.put("address", server.address());
        values.put("key", "sk-1");
        return factory(id)
                .create(Settings.of(values), context)
                .reply(request, new Heard(), new AiProviderContract.NeverCancel());
    }

    private AiReply ask(String id, Golden reply) {
        server.lay(reply);
        return ask(id, Map.of(), AiProviderContract.request(true));
    }

    private static AiRequest asking(double temperature, Map<String, String> options) {
        var plain = AiProviderContract.request(true);
        return new AiRequest(plain.model(), plain.system(), plain.messages(), 256, temperature, true, options);
    }

    private JsonObject asked(String id, Map<String, String> more, AiRequest request) {
        server.lay(Golden.of(getClass(), "answer"));
        ask(id, more, request);
        return server.question().json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "deepseek", "qwen", "ernie", "glm", "moonshot", "openai-compatible"})
    void each_makes_instances_and_names_the_setting_that_is_wrong(String id) throws Exception {
        var values = new HashMap<>(Map.of("address", server.address(), "key", "sk-1"));
        var questions = new FactoryQuestions(
                () -> factory(id).description(), values, settings -> factory(id).create(settings, context));

        for (var question : questions.all()) question.ask();
    }

    @Test
    void the_address_of_a_known_service_need_not_be_entered() {
        for (var factory : OpenAiProviderFactory.all()) {
            var address = factory.description().settings().getFirst();
            assertThat(address.type()).isEqualTo(SettingSpec.Type.ADDRESS);
            var known = !factory.description().id().equals("openai-compatible");
            assertThat(address.defaultValue().isPresent()).isEqualTo(known);
        }
    }

    @Test
    void a_service_without_a_key_is_asked_without_one() {
        server.lay(Golden.of(getClass(), "answer"));

        factory("openai-compatible")
                .create(Settings.of(Map.of("address", server.address())), context)
                .reply(AiProviderContract.request(true), new Heard(), new AiProviderContract.NeverCancel());

        assertThat(server.question().headers().containsKey("Authorization")).isFalse();
    }

    @Test
    void glm_is_neither_asked_for_usage_nor_made_too_hot() {
        var asked = asked("glm", Map.of(), asking(1.6, Map.of()));

        assertThat(asked.has("stream_options")).isFalse();
        assertThat(asked.members()).containsEntry("temperature", 1.0).containsEntry("max_tokens", 256L);
    }

    @Test
    void a_model_that_refuses_a_temperature_is_told_none() {
        assertThat(asked("openai", Map.of("temperature", "false"), asking(0.2, Map.of()))
                        .has("temperature"))
                .isFalse();
    }

    @Test
    void a_schema_is_told_in_words_where_it_cannot_be_sent() {
        var asked = asked("deepseek", Map.of(), asking(0.2, Map.of("json_schema", SCHEMA)));

        assertThat(asked.object("response_format").orElseThrow().text("type")).contains("json_object");
        assertThat(asked.objects("messages").getFirst().text("content", ""))
                .startsWith("Be brief.")
                .contains(SCHEMA);
    }

    @Test
    void further_fields_of_a_service_are_sent_as_they_are() {
        var asked = asked("qwen", Map.of(), asking(0.2, Map.of("enable_thinking", "false", "top_p", "0.8")));

        assertThat(asked.members()).containsEntry("enable_thinking", false).containsEntry("top_p", 0.8);
    }

    @Test
    void the_app_id_of_ernie_travels_in_its_header() {
        server.lay(Golden.of(getClass(), "answer"));

        ask("ernie", Map.of("appid", "app-7"), AiProviderContract.request(true));

        assertThat(server.question().headers().getFirst("appid")).isEqualTo("app-7");
    }

    @ParameterizedTest
    @CsvSource({
        "deepseek, 402, invalid_request_error, NoBalance",
        "deepseek, 503, service_unavailable_error, Overloaded",
        "qwen, 429, insufficient_quota, RateLimited",
        "openai, 429, insufficient_quota, NoBalance",
        "qwen, 400, Arrearage, NoBalance",
        "qwen, 400, data_inspection_failed, ContentFiltered",
        "qwen, 401, invalid_api_key, CredentialsRefused",
        "ernie, 429, rpm_rate_limit_exceeded, RateLimited",
        "ernie, 400, tokens_too_long, TooLong",
        "ernie, 403, system_unsafe, ContentFiltered",
        "ernie, 401, invalid_iam_token, CredentialsRefused",
        "glm, 429, 1302, RateLimited",
        "glm, 429, 1305, Overloaded",
        "glm, 429, 1113, NoBalance",
        "glm, 400, 1301, ContentFiltered",
        "glm, 400, 1261, TooLong",
        "glm, 400, 1211, Refused",
        "moonshot, 429, exceeded_current_quota_error, NoBalance",
        "moonshot, 429, engine_overloaded_error, Overloaded",
        "moonshot, 400, content_filter, ContentFiltered",
        "openai-compatible, 400, exceed_context_size_error, TooLong",
        "openai-compatible, 200, 429, RateLimited",
        "openai-compatible, 422, , Refused",
        "openai-compatible, 502, , Broken",
    })
    void a_code_means_what_its_service_says(String id, int status, String code, String told) {
        var error = code == null ? "{\"detail\":\"odd\"}" : "{\"error\":{\"code\":\"" + code + "\",\"message\":\"-\"}}";

        assertThat(ask(id, new Golden(status, Map.of(), error)).getClass().getSimpleName())
                .isEqualTo(told);
    }

    @Test
    void a_question_that_is_too_long_is_known_by_words_where_there_is_no_code() {
        var error =
                "{\"error\":{\"message\":\"This model's maximum context length is 4096 tokens.\",\"type\":\"BadRequestError\",\"code\":400}}";

        assertThat(ask("openai-compatible", new Golden(400, Map.of(), error))).isEqualTo(new AiReply.TooLong(true));
        assertThat(ask("openai-compatible", new Golden(500, Map.of(), error))).isInstanceOf(AiReply.Broken.class);
    }

    @Test
    void cached_tokens_are_found_where_each_service_puts_them() {
        var golden = Golden.of(getClass(), "answer");
        for (var where : List.of("\"prompt_cache_hit_tokens\":16", "\"cached_tokens\":16")) {
            var body = golden.body().replace("\"prompt_tokens_details\":{\"cached_tokens\":16}", where);
            assertThat(ask("deepseek", new Golden(200, golden.headers(), body)))
                    .isInstanceOfSatisfying(
                            AiReply.Answer.class,
                            answer -> assertThat(answer.usage()).isEqualTo(new Usage(true, 31, 16, 12, 0)));
        }
    }

    @Test
    void usage_beside_the_text_counts_too() {
        var body =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"好\"},\"finish_reason\":\"stop\",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1}}]}\n\n";

        assertThat(ask("moonshot", new Golden(200, Map.of(), body)))
                .isEqualTo(new AiReply.Answer("好", new Usage(true, 9, 0, 1, 0), AiReply.Finish.STOP));
    }

    @Test
    void an_answer_that_a_service_gave_up_is_none() {
        var body =
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"insufficient_system_resource\"}]}\n\n";

        assertThat(ask("deepseek", new Golden(200, Map.of(), body))).isEqualTo(new AiReply.Overloaded(true));
    }

    @Test
    void what_glm_finds_sensitive_is_withheld() {
        var body =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"好\"},\"finish_reason\":\"sensitive\"}]}\n\n";

        assertThat(ask("glm", new Golden(200, Map.of(), body))).isEqualTo(new AiReply.ContentFiltered(true));
    }

    @Test
    void reasoning_that_a_local_model_writes_into_its_answer_is_taken_out() {
        var heard = new Heard();
        var pieces = List.of("<th", "ink>Hm, ", "a parcel.</thi", "nk>\\n\\n", "明天 <b>");
        var body = new StringBuilder();
        for (var piece : pieces) {
            body.append("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"")
                    .append(piece)
                    .append("\"}}]}\n\n");
        }
        server.lay(new Golden(200, Map.of(), body + "data: [DONE]\n\n"));

        var reply = factory("openai-compatible")
                .create(Settings.of(Map.of("address", server.address())), context)
                .reply(AiProviderContract.request(true), heard, new AiProviderContract.NeverCancel());

        assertThat(heard.thoughts()).isEqualTo("Hm, a parcel.");
        assertThat(reply).isEqualTo(new AiReply.Answer("明天 <b>", Usage.UNKNOWN, AiReply.Finish.OTHER));
    }

    @Test
    void services_without_vectors_say_so_and_ask_nobody() {
        for (var id : List.of("deepseek", "moonshot")) {
            var values = Map.of("address", server.address(), "key", "sk-1");
            assertThat(factory(id).create(Settings.of(values), context).embed("m", List.of("a")))
                    .isInstanceOf(Embedding.NotOffered.class);
        }
        assertThat(server.questions()).isEmpty();
    }
}
