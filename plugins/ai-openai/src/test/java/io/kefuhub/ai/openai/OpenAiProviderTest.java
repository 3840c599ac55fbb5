package io.kefuhub.ai.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.ai.exchange.EveryProvider;
import io.kefuhub.ai.exchange.Golden;
import io.kefuhub.ai.exchange.Heard;
import io.kefuhub.api.AiProviderFactory;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.Embedding;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.kit.AiProviderContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenAiProviderTest extends EveryProvider {
    @Override
    public AiProviderFactory factory() {
        return new OpenAiProviderFactory(Preset.ALL.getFirst());
    }

    @Override
    protected Usage usage() {
        return new Usage(true, 31, 16, 12, 0);
    }

    @Override
    protected String path() {
        return "/v1";
    }

    @Test
    void the_key_travels_as_a_bearer_to_the_chat_completions() {
        ask("answer");

        assertThat(server.question().path()).isEqualTo("/v1/chat/completions");
        assertThat(server.question().headers().getFirst("Authorization")).isEqualTo("Bearer " + KEY);
    }

    @Test
    void reasoning_tokens_are_told_as_part_of_the_output() {
        assertThat(ask("reasoning"))
                .isInstanceOfSatisfying(
                        AiReply.Answer.class,
                        answer -> assertThat(answer.usage()).isEqualTo(new Usage(true, 31, 0, 20, 8)));
    }

    @Test
    void a_refusal_in_the_place_of_an_answer_counts_as_withheld() {
        var golden = golden("answer");
        server.lay(new Golden(
                200, golden.headers(), golden.body().replace("\"content\":\"您的包裹\"", "\"refusal\":\"No.\"")));

        assertThat(ask(AiProviderContract.request(true), new Heard())).isEqualTo(new AiReply.ContentFiltered(true));
    }

    @Test
    void usage_is_taken_from_the_last_chunk_that_has_any_and_never_made_up() {
        var golden = golden("answer");
        var everywhere =
                golden.body().replace("\"usage\":null", "\"usage\":{\"prompt_tokens\":31,\"completion_tokens\":1}");
        var nowhere = golden.body().replaceAll("data: \\{[^\\n]*\"choices\":\\[\\][^\\n]*\\n\\n", "");
        server.lay(new Golden(200, golden.headers(), everywhere)).lay(new Golden(200, golden.headers(), nowhere));

        assertThat(ask(AiProviderContract.request(true), new Heard()))
                .isEqualTo(new AiReply.Answer(TEXT, usage(), AiReply.Finish.STOP));
        assertThat(ask(AiProviderContract.request(true), new Heard()))
                .isEqualTo(new AiReply.Answer(TEXT, Usage.UNKNOWN, AiReply.Finish.STOP));
    }

    @Test
    void an_error_behind_some_text_is_broken_whatever_its_code_but_one_of_the_filter() {
        var begun = golden("fault-in-stream");
        server.lay(new Golden(200, begun.headers(), begun.body().replace("server_error", "rate_limit_exceeded")))
                .lay(new Golden(200, begun.headers(), begun.body().replace("server_error", "content_filter")));

        assertThat(ask(AiProviderContract.request(true), new Heard())).isInstanceOf(AiReply.Broken.class);
        assertThat(ask(AiProviderContract.request(true), new Heard())).isInstanceOf(AiReply.ContentFiltered.class);
    }

    @Test
    void vectors_come_in_the_order_of_the_texts_in_as_many_calls_as_it_takes() {
        var first =
                "{\"data\":[{\"index\":1,\"embedding\":[0.0,1.0]},{\"index\":0,\"embedding\":[1,0.5]}],\"usage\":{\"prompt_tokens\":7}}";
        var second = "{\"data\":[{\"index\":0,\"embedding\":[0.25,0.25]}],\"usage\":{\"prompt_tokens\":3}}";
        server.lay(new Golden(200, Map.of(), first)).lay(new Golden(200, Map.of(), second));

        var embedding = provider("embedding-batch", "2").embed("vectors-1", List.of("一", "二", "三"));

        assertThat(embedding).isInstanceOfSatisfying(Embedding.Vectors.class, vectors -> {
            assertThat(vectors.values())
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(new float[] {1, 0.5f}, new float[] {0, 1}, new float[] {0.25f, 0.25f});
            assertThat(vectors.usage()).isEqualTo(new Usage(true, 10, 0, 0, 0));
        });
        assertThat(server.questions().getFirst().json().list("input")).isEqualTo(List.of("一", "二"));
    }

    @Test
    void too_few_vectors_are_none() {
        server.lay(new Golden(200, Map.of(), "{\"data\":[{\"index\":0,\"embedding\":[1,0.5]}]}"))
                .lay(golden("rate-limited"));

        assertThat(provider().embed("vectors-1", List.of("a", "b"))).isInstanceOf(Embedding.Failed.class);
        assertThat(provider().embed("vectors-1", List.of("a", "b"))).isInstanceOf(Embedding.RetryLater.class);
    }
}
