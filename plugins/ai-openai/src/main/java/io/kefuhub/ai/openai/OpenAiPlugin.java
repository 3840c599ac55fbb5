package io.kefuhub.ai.openai;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.HubPlugin;
import java.util.List;

/** What the manifest names: it says what is in this jar and does nothing else. */
public final class OpenAiPlugin implements HubPlugin {
    @Override
    public List<Contribution> contributions() {
        return List.copyOf(OpenAiProviderFactory.all());
    }
}
