package io.kefuhub.core.answering.passages;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.Cancel;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.EmbeddingGateway;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.Payer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GatewayEmbedderTest {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    private final Gateway gateway = new Gateway();
    private final Embedder embedder = new GatewayEmbedder(gateway);

    @Test
    void vectors_are_those_of_the_model_that_was_meant() {
        assertThat(embedder.embed("bge-m3", false, List.of("a"), WITHIN)).isInstanceOf(Embedder.Made.Vectors.class);
        assertThat(embedder.embed("another", false, List.of("a"), WITHIN)).isEqualTo(new Embedder.Made.NotOffered());
        assertThat(gateway.payers).hasSize(1);
    }

    @Test
    void a_turn_pays_for_its_question_and_the_hub_for_what_it_makes_ahead() {
        var customer = Payer.apart("main", "assistant");

        embedder.embed("bge-m3", false, List.of("a"), WITHIN);
        new CallNotes(customer).during(() -> embedder.embed("bge-m3", false, List.of("a"), WITHIN));

        assertThat(gateway.payers).containsExactly(Payer.apart("", "knowledge"), customer);
    }

    @Test
    void what_takes_too_long_is_called_off_and_tried_later() {
        gateway.waits = true;

        var made = embedder.embed("bge-m3", false, List.of("a"), Duration.ofMillis(50));

        assertThat(made).isInstanceOf(Embedder.Made.Away.class);
    }

    private static final class Gateway implements EmbeddingGateway {
        final List<Payer> payers = new ArrayList<>();
        boolean waits;

        @Override
        public Optional<String> model() {
            return Optional.of("bge-m3");
        }

        @Override
        public boolean hasLocal() {
            return false;
        }

        @Override
        public Embedded embed(Payer payer, boolean localOnly, List<String> texts, Cancel cancel) {
            payers.add(payer);
            if (!waits) return new Embedded.Vectors(List.of(new float[] {1}), "bge-m3", 1, 0);
            var cancelled = new CountDownLatch(1);
            cancel.onRequest(cancelled::countDown);
            try {
                cancelled.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Embedded.NotNow(ModelOutcome.Why.DEADLINE, "called off");
        }
    }
}
