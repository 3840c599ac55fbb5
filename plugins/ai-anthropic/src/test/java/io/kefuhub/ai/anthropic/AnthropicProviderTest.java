package io.kefuhub.ai.anthropic;

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
import org.junit.jupiter.api.Test;

class AnthropicProviderTest extends EveryProvider {
    @Override
    public AiProviderFactory factory() {
        return new AnthropicProviderFactory();
    }

    @Override
    protected Usage usage() {
        return new Usage(true, 31, 16, 12, 0);
    }

    @Test
    void key_and_version_travel_in_their_headers_wherever_the_address_ends() {
        for (var end : List.of("", "/", "/v1")) {
            server.lay(golden("answer"));

            provider("address", server.address() + end)
                    .reply(AiProviderContract.request(true), new Heard(), new AiProviderContract.NeverCancel());

            assertThat(server.question().path()).isEqualTo("/v1/messages");
            assertThat(server.question().headers().getFirst("x-api-key")).isEqualTo(KEY);
            assertThat(server.question().headers().getFirst("anthropic-version"))
                    .isEqualTo("2023-06-01");
        }
    }

    @Test
    void what_was_written_to_the_cache_counts_as_input() {
        var golden = golden("answer");
        var written = golden.body().replace("\"cache_creation_input_tokens\":0", "\"cache_creation_input_tokens\":100");
        server.lay(new Golden(200, golden.headers(), written));

        assertThat(ask(AiProviderContract.request(true), new Heard()))
                .isInstanceOfSatisfying(
                        AiReply.Answer.class,
                        answer -> assertThat(answer.usage()).isEqualTo(new Usage(true, 131, 16, 12, 0)));
    }

    @Test
    void kinds_of_events_that_came_later_are_no_matter() {
        var golden = golden("answer");
        var more = golden.body()
                .replace("event: ping\n", "event: new\ndata: {\"type\":\"new\",\"content\":[1]}\n\nevent: ping\n");
        server.lay(new Golden(200, golden.headers(), more));

        assertThat(ask(AiProviderContract.request(true), new Heard())).isInstanceOf(AiReply.Answer.class);
    }

    @Test
    void makes_no_vectors() {
        assertThat(provider().embed("m", List.of("a"))).isInstanceOf(Embedding.NotOffered.class);
    }
}
