package io.kefuhub.ai.ollama;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.HubPlugin;
import java.util.List;

/** What the manifest names: it says what is in this jar and does nothing else. */
public final class OllamaPlugin implements HubPlugin {
    @Override
    public List<Contribution> contributions() {
        return List.of(new OllamaProviderFactory());
    }
}
