package io.kefuhub.core.models.routing;

import static io.kefuhub.core.models.routing.ModelServer.failing;
import static io.kefuhub.core.models.routing.RoutingBench.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.Cancel;
import io.kefuhub.core.models.EmbeddingGateway;
import io.kefuhub.core.models.EmbeddingGateway.Embedded;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.Purpose;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.catalogue.Rules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoutedEmbeddingsTest {
    private static final Payer PAYER = Payer.apart("service", "knowledge");

    private final RoutingBench bench = new RoutingBench();

    @AfterEach
    void every_reservation_has_ended() {
        assertThat(bench.ledger.open).isEmpty();
        bench.close();
    }

    private static Deployment of(String key, String model) {
        var one = deployment(key);
        return new Deployment(
                key,
                "",
                "one",
                model,
                one.traits(),
                one.limits(),
                one.billing(),
                true,
                Optional.empty(),
                Optional.empty());
    }

    private Embedded embed(List<String> texts) {
        return bench.embeddings.embed(PAYER, false, texts, Cancel.NEVER);
    }

    private static Deployment local(Deployment one) {
        return new Deployment(
                one.key(),
                "",
                one.instance(),
                one.model(),
                new Deployment.Traits(8_000, 2_000, false, false, true, 1),
                one.limits(),
                one.billing(),
                true,
                Optional.empty(),
                Optional.empty());
    }

    /** Desks may go anywhere but {@code service}. */
    private void bindService() {
        bench.rules(rules -> new Rules(
                rules.customers(),
                rules.usualDesk(),
                Map.of("service", new Rules.DeskRules(16, 0, 0, true)),
                rules.retries(),
                rules.hedge(),
                rules.bodyDays()));
    }

    @Test
    void many_texts_become_vectors_of_one_model_in_order_and_are_in_the_books() {
        bench.keep(of("a", "vectors"));
        bench.only(EmbeddingGateway.ALIAS, Optional.empty(), "a");
        bench.server.plays("vectors", call -> call.status(200));
        var texts = IntStream.range(1, 151).mapToObj("x"::repeat).toList();

        assertThat(bench.embeddings.model()).contains("vectors");
        assertThat(embed(texts)).isInstanceOfSatisfying(Embedded.Vectors.class, vectors -> {
            assertThat(vectors.model()).isEqualTo("vectors");
            assertThat(vectors.dimension()).isEqualTo(2);
            assertThat(vectors.values()).hasSize(150);
            assertThat(vectors.values().get(149)[0]).isEqualTo(150);
            assertThat(vectors.cost()).isEqualTo(1_500);
        });
        assertThat(bench.server.calls()).hasSize(3);
        assertThat(bench.ledger.reserved)
                .allSatisfy(one -> assertThat(one.purpose()).isEqualTo(Purpose.EMBEDDING));
    }

    @Test
    void only_a_deployment_of_the_same_model_takes_over() {
        bench.keep(of("a", "vectors"), of("b", "others"), of("c", "vectors"));
        bench.only(EmbeddingGateway.ALIAS, Optional.empty(), "a", "b", "c");
        bench.server.plays("vectors", call -> call.status(bench.server.calls().size() == 1 ? 500 : 200));

        assertThat(embed(List.of("x"))).isInstanceOf(Embedded.Vectors.class);
        assertThat(bench.server.calls("others")).isEmpty();
        assertThat(bench.ledger.reserved).extracting(one -> one.deployment()).containsExactly("a", "c");
    }

    @Test
    void a_long_pause_is_kept_to_and_told() {
        bench.keep(of("a", "vectors"));
        bench.only(EmbeddingGateway.ALIAS, Optional.empty(), "a");
        bench.server.plays("vectors", failing(429, "Retry-After", "60"));

        assertThat(embed(List.of("x"))).isInstanceOf(Embedded.NotNow.class);
        assertThat(embed(List.of("x"))).isInstanceOf(Embedded.NotNow.class);
        assertThat(bench.server.calls()).hasSize(1);
    }

    @Test
    void texts_that_must_stay_reach_no_deployment_that_is_not_local_whoever_pays() {
        bench.keep(of("a", "vectors"));
        bench.only(EmbeddingGateway.ALIAS, Optional.empty(), "a");
        bench.server.plays("vectors", call -> call.status(200));
        bindService();
        var hub = Payer.apart("", "knowledge");

        assertThat(bench.embeddings.hasLocal()).isFalse();
        assertThat(bench.embeddings.embed(hub, true, List.of("x"), Cancel.NEVER))
                .isInstanceOf(Embedded.NotNow.class);
        assertThat(embed(List.of("x"))).isInstanceOf(Embedded.NotNow.class);
        assertThat(bench.server.calls()).isEmpty();
        assertThat(bench.embeddings.embed(hub, false, List.of("x"), Cancel.NEVER))
                .isInstanceOf(Embedded.Vectors.class);
    }

    @Test
    void texts_that_must_stay_go_to_the_local_deployment_of_the_same_model() {
        bench.keep(of("a", "vectors"), local(of("b", "vectors")));
        bench.only(EmbeddingGateway.ALIAS, Optional.empty(), "a", "b");
        bench.server.plays("vectors", call -> call.status(200));
        var hub = Payer.apart("", "knowledge");

        assertThat(bench.embeddings.hasLocal()).isTrue();
        bench.embeddings.embed(hub, true, List.of("x"), Cancel.NEVER);
        bench.embeddings.embed(hub, false, List.of("x"), Cancel.NEVER);

        assertThat(bench.ledger.reserved).extracting(one -> one.deployment()).containsExactly("b", "a");
    }

    @Test
    void without_the_alias_nothing_embeds() {
        assertThat(bench.embeddings.model()).isEmpty();
        assertThat(embed(List.of("x"))).isInstanceOf(Embedded.NotOffered.class);
    }
}
