package io.kefuhub.core.answering.passages;

import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.EmbeddingGateway;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.Payer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Has vectors made by the model behind the alias {@value EmbeddingGateway#ALIAS}. Safe for threads. */
public final class GatewayEmbedder implements Embedder {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofMinutes(1);

    private final EmbeddingGateway gateway;

    public GatewayEmbedder(EmbeddingGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Optional<String> model() {
        return gateway.model();
    }

    @Override
    public boolean hasLocal() {
        return gateway.hasLocal();
    }

    @Override
    public Made embed(String model, boolean localOnly, List<String> texts, Duration within) {
        // Another model's vectors would be paid for in vain.
        if (!gateway.model().equals(Optional.of(model))) return new Made.NotOffered();
        try (var deadline = new Deadline(within)) {
            return switch (gateway.embed(payer(), localOnly, texts, deadline)) {
                case EmbeddingGateway.Embedded.Vectors(var values, var made, var _, var _) ->
                    made.equals(model) ? new Made.Vectors(values) : new Made.NotOffered();
                case EmbeddingGateway.Embedded.NotOffered() -> new Made.NotOffered();
                case EmbeddingGateway.Embedded.NotNow(var why, var _)
                when why == ModelOutcome.Why.FILTERED -> new Made.Refused();
                case EmbeddingGateway.Embedded.NotNow(var why, var detail) ->
                    new Made.Away(why == ModelOutcome.Why.BUDGET ? LATER : SOON, why + " " + detail);
            };
        }
    }

    /** Who asks the question, within a turn; what is made ahead the hub pays for itself. */
    private static Payer payer() {
        var payer = CallNotes.current().payer();
        return payer.equals(Payer.apart("", "")) ? Payer.apart("", "knowledge") : payer;
    }
}
