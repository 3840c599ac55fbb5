package io.kefuhub.translate.model;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.HubPlugin;
import java.util.List;

/** What the manifest names: it says what is in this jar and does nothing else. */
public final class TranslateModelPlugin implements HubPlugin {
    @Override
    public List<Contribution> contributions() {
        return List.of(new ModelTranslatorFactory());
    }
}
