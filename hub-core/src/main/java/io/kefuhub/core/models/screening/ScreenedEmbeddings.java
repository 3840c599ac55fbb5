package io.kefuhub.core.models.screening;

import io.kefuhub.api.ai.Cancel;
import io.kefuhub.core.models.EmbeddingGateway;
import io.kefuhub.core.models.ModelOutcome.Why;
import io.kefuhub.core.models.Payer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Vectors of nothing but what filters let leave. Each text is judged by itself, so that it has the same vector whatever it
 * came with. Safe for threads.
 */
public final class ScreenedEmbeddings implements EmbeddingGateway {
    private final EmbeddingGateway embeddings;
    private final Screening screening;

    public ScreenedEmbeddings(EmbeddingGateway embeddings, Screening screening) {
        this.embeddings = embeddings;
        this.screening = screening;
    }

    @Override
    public Optional<String> model() {
        return embeddings.model();
    }

    @Override
    public boolean hasLocal() {
        return embeddings.hasLocal();
    }

    @Override
    public Embedded embed(Payer payer, boolean localOnly, List<String> texts, Cancel cancel) {
        var leaving = new ArrayList<String>(texts.size());
        for (var text : texts) {
            switch (screening.screened(payer, List.of(text))) {
                case Screening.Screened.AsItIs() -> leaving.add(text);
                case Screening.Screened.Rewritten(var one, var _) -> leaving.add(one.getFirst());
                case Screening.Screened.Refused(var why) -> {
                    return new Embedded.NotNow(Why.FILTERED, why);
                }
            }
        }
        return embeddings.embed(payer, localOnly, leaving, cancel);
    }
}
