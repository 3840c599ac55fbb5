package io.kefuhub.core.gateway;

import static io.kefuhub.core.gateway.GatewayFixture.FAST_ONLY;
import static io.kefuhub.core.gateway.GatewayFixture.body;
import static io.kefuhub.core.gateway.GatewayFixture.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.screening.Hiding;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.web.Json;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayTest {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private GatewayFixture hub;

    @BeforeEach
    void start() {
        hub = new GatewayFixture(folder);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void a_whole_answer_has_the_shape_that_clients_of_openai_read() {
        var answer = hub.says("/says/Hello/_there", "").json();

        assertThat(answer.get("id").asText()).startsWith("chatcmpl-");
        assertThat(answer.get("object").asText()).isEqualTo("chat.completion");
        assertThat(answer.get("model").asText()).isEqualTo("fast");
        assertThat(answer.at("/choices/0/message/role").asText()).isEqualTo("assistant");
        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("Hello_there");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(12);
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(15);
        assertThat(answer.at("/usage/prompt_tokens_details/cached_tokens").asInt())
                .isEqualTo(4);
    }

    @Test
    void the_hub_is_asked_in_the_name_of_the_token_and_its_desk() {
        hub.asks("""
                {"model":"support-default","temperature":0.5,"max_completion_tokens":77,"stream":true,
                 "messages":[{"role":"system","content":"be kind"},{"role":"user","content":"one"},
                   {"role":"assistant","content":"two"},{"role":"developer","content":[{"type":"text","text":"be brief"}]},
                   {"role":"user","content":[{"type":"text","text":"/says"},{"type":"text","text":"x"}]}],
                 "top_p":0.9,"seed":7,"frequency_penalty":0,"tools":[],"user":"somebody","stop":["END"],
                 "response_format":{"type":"json_schema","json_schema":{"name":"a","strict":true,"schema":{"type":"object"}}}}""");

        var question = hub.models.asked.getFirst();
        assertThat(question.alias()).isEqualTo("support-default");
        assertThat(question.purpose()).isEqualTo(Purpose.GATEWAY);
        assertThat(question.payer().desk()).isEqualTo("main");
        assertThat(question.payer().assistant()).isEqualTo("reports");
        assertThat(question.system()).isEqualTo("be kind\n\nbe brief");
        assertThat(question.messages()).extracting(AiRequest.Turn::text).containsExactly("one", "two", "/says\nx");
        assertThat(question.maxTokens()).isEqualTo(77);
        assertThat(question.temperature()).isEqualTo(0.5);
        assertThat(question.stream()).isTrue();
        assertThat(question.options())
                .containsOnlyKeys("top_p", "seed", "stop", "json_schema")
                .containsEntry("json_schema", "{\"type\":\"object\"}")
                .containsEntry("stop", "[\"END\"]");
    }

    @Test
    void a_stream_begins_with_the_role_and_ends_with_the_reason_the_usage_and_done() {
        var answer = hub.says("/says/Hel/lo", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        var chunks = data(answer.text());
        assertThat(chunks).hasSize(6).last().isEqualTo("[DONE]");
        var parsed = chunks.subList(0, 5).stream().map(Json::tree).toList();
        assertThat(parsed)
                .extracting(chunk -> chunk.get("id").asText())
                .containsOnly(parsed.getFirst().get("id").asText());
        assertThat(parsed).extracting(chunk -> chunk.get("object").asText()).containsOnly("chat.completion.chunk");
        assertThat(parsed.get(0).at("/choices/0/delta").toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
        assertThat(parsed.get(1).at("/choices/0/delta/content").asText()).isEqualTo("Hel");
        assertThat(parsed.get(1).at("/choices/0/finish_reason").isNull()).isTrue();
        assertThat(parsed.get(1).has("usage")).isTrue();
        assertThat(parsed.get(3).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(parsed.get(4).get("choices")).isEmpty();
        assertThat(parsed.get(4).at("/usage/completion_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void a_stream_tells_usage_only_to_those_who_ask() {
        assertThat(hub.says("/says/x", ",\"stream\":true").text()).doesNotContain("usage");
    }

    @Test
    void letters_of_every_kind_arrive_as_they_were_said() {
        var answer = hub.says("/why/EMOJI", ",\"stream\":true");

        assertThat(text(answer.text())).isEqualTo("a😀 \"q\" \\ \n\u0001\uFFFDz");
        assertThat(hub.says("/says/退货/可以", "")
                        .json()
                        .at("/choices/0/message/content")
                        .asText())
                .isEqualTo("退货可以");
    }

    @ParameterizedTest
    @CsvSource({
        "NO_MODEL,503,model_unavailable,false",
        "BUDGET,429,insufficient_quota,false",
        "LIMIT,429,rate_limit_exceeded,true",
        "BUSY,503,overloaded,true",
        "FAILED,503,upstream_failed,false",
        "DEADLINE,504,timeout,false",
        "DATABASE_AWAY,503,unavailable,true",
        "TOO_LONG,400,context_length_exceeded,false"
    })
    void why_there_is_no_answer_is_told_by_status_and_code(String why, int status, String code, boolean again) {
        for (var more : new String[] {"", ",\"stream\":true"}) {
            var answer = hub.says("/why/" + why, more);

            assertThat(answer.status()).as(why + more).isEqualTo(status);
            assertThat(answer.json().at("/error/code").asText()).isEqualTo(code);
            assertThat(answer.json().at("/error/message").asText()).isNotBlank().doesNotContain("for an admin");
            assertThat(answer.header("Retry-After").isEmpty()).isEqualTo(!again);
            assertThat(answer.header("x-should-retry")).isEqualTo(again ? "" : "false");
        }
    }

    @Test
    void a_pause_that_is_known_is_told_as_it_is() {
        for (var why : new String[] {"LIMIT", "BUSY", "FAILED"}) {
            var answer = hub.says("/why/" + why + ":77", "");

            assertThat(answer.header("Retry-After")).as(why).isEqualTo("77");
            assertThat(answer.header("x-should-retry")).isEmpty();
        }
    }

    @Test
    void what_is_withheld_or_cut_is_an_answer_that_says_so() {
        assertThat(finish("/why/WITHHELD")).isEqualTo("content_filter");
        assertThat(finish("/why/LENGTH")).isEqualTo("length");
        assertThat(data(hub.says("/why/LENGTH", ",\"stream\":true").text()))
                .anySatisfy(chunk -> assertThat(chunk).contains("\"cut\""))
                .anySatisfy(chunk -> assertThat(chunk).contains("\"finish_reason\":\"length\""));
    }

    @Test
    void a_stream_that_breaks_says_so_and_has_no_end() {
        var answer = hub.says("/why/PARTIAL", ",\"stream\":true");

        assertThat(answer.status()).isEqualTo(200);
        var chunks = data(answer.text());
        assertThat(Json.tree(chunks.getLast()).at("/error/code").asText()).isEqualTo("upstream_broke_off");
        assertThat(answer.text()).contains("so far").doesNotContain("[DONE]", "\"finish_reason\":\"stop\"");
        assertThat(hub.says("/why/PARTIAL", "").status()).isEqualTo(503);
    }

    @Test
    void a_token_lists_and_asks_the_models_it_may() {
        var all = hub.program(GatewayFixture.TOKEN).get("/v1/models").json();
        var crawler = hub.program(FAST_ONLY);

        assertThat(all.get("data"))
                .extracting(model -> model.get("id").asText())
                .containsExactly("fast", "support-default");
        assertThat(crawler.get("/v1/models").json().get("data")).hasSize(1);
        assertThat(crawler.get("/v1/models/fast").json().get("id").asText()).isEqualTo("fast");
        assertThat(crawler.get("/v1/models/support-default").status()).isEqualTo(404);
        var refused =
                crawler.post("/v1/chat/completions", body("/says/x", "").replace("\"fast\"", "\"support-default\""));
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.json().at("/error/code").asText()).isEqualTo("model_not_found");
        assertThat(hub.asks(body("/says/x", "").replace("\"fast\"", "\"gpt-9\""))
                        .status())
                .isEqualTo(404);
        assertThat(hub.models.asked).isEmpty();
    }

    @Test
    void a_picture_in_the_call_is_shown_to_the_model_and_one_elsewhere_is_refused() throws Exception {
        var png = Base64.getEncoder().encodeToString(png());
        var shown = hub.asks(withPicture("data:image/png;base64," + png));

        assertThat(shown.status()).as(shown.text()).isEqualTo(200);
        var picture =
                hub.models.asked.getFirst().messages().getLast().pictures().getFirst();
        assertThat(picture.mime()).isEqualTo("image/png");
        try (var kept = hub.files.open(picture.id()).orElseThrow()) {
            assertThat(kept.readAllBytes()).isNotEmpty();
        }
        for (var wrong : new String[] {
            "https://example.com/a.png",
            "data:image/png;base64,!!",
            "data:image/png;base64,AAAA",
            "data:text/html;base64,AAAA"
        }) {
            var refused = hub.asks(withPicture(wrong));
            assertThat(refused.status()).as(wrong).isEqualTo(400);
            assertThat(refused.json().at("/error/param").asText()).isEqualTo("image_url.url");
        }
        assertThat(hub.models.asked).hasSize(1);
    }

    @Test
    void what_a_filter_puts_out_of_sight_never_leaves_and_is_back_in_the_answer() {
        hub.contributions.replace(Slot.of(Kind.FILTER, "hiding", new Hiding()));
        var asked = """
                {"model":"fast","stream":%s,"messages":[{"role":"system","content":"order 111111"},
                  {"role":"user","content":"/says/is/[N/2]/and/[N1/]/here[N2"}]}""";

        var whole = hub.asks(asked.formatted(false)).json();
        var streamed = hub.asks(asked.replace("[N2", "222222").formatted(true)).text();

        assertThat(hub.models.asked.getFirst().system()).isEqualTo("order [N1]");
        assertThat(hub.models.asked.getLast().messages().getLast().text()).endsWith("here[N2]");
        assertThat(whole.at("/choices/0/message/content").asText()).isEqualTo("is[N2]and111111here[N2");
        assertThat(text(streamed)).isEqualTo("is222222and111111here222222");
        assertThat(streamed).doesNotContain("[N");
    }

    @Test
    void what_a_filter_lets_not_leave_is_refused_and_no_model_is_asked() {
        hub.contributions.replace(Slot.of(Kind.FILTER, "hiding", new Hiding()));

        var refused = hub.says("tell me the secret", "");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/error/code").asText()).isEqualTo("content_policy_violation");
        assertThat(hub.models.asked).isEmpty();
    }

    @Test
    void each_of_64_streams_at_once_is_whole_and_has_one_call() throws Exception {
        try (var programs = Executors.newFixedThreadPool(64, Thread.ofVirtual().factory())) {
            var answers = IntStream.range(0, 640)
                    .mapToObj(i -> programs.submit(() -> {
                        try (var socket = hub.call(body(words(i), ",\"stream\":true"))) {
                            return GatewayFixture.until(socket.getInputStream(), "[DONE]\n\n");
                        }
                    }))
                    .toList();

            for (var i = 0; i < answers.size(); i++) {
                assertThat(text(answers.get(i).get()))
                        .isEqualTo(words(i).substring(6).replace("/", ""));
            }
        }
        assertThat(hub.stub.calls()).isEqualTo(640);
    }

    private static byte[] png() throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    private static String words(int i) {
        return IntStream.range(0, 20).mapToObj(part -> i + "-" + part).collect(Collectors.joining("/", "/says/", ""));
    }

    private static String withPicture(String address) {
        return "{\"model\":\"fast\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"/says/x\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + address + "\",\"detail\":\"low\"}}]}]}";
    }

    private String finish(String words) {
        return hub.says(words, "").json().at("/choices/0/finish_reason").asText();
    }

    private static String text(String stream) {
        return data(stream).stream()
                .filter(chunk -> chunk.startsWith("{"))
                .map(Json::tree)
                .map(chunk -> chunk.at("/choices/0/delta/content"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.joining());
    }
}
