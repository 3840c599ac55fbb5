package io.kefuhub.filter.privacy;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.HubPlugin;
import java.util.List;

/** What the jar brings: one filter. */
public final class PrivacyPlugin implements HubPlugin {
    @Override
    public List<Contribution> contributions() {
        return List.of(new PrivacyFactory());
    }
}
