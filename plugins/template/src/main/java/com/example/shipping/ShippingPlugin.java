package com.example.shipping;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.HubPlugin;
import java.util.List;

/** What the manifest names: says what is in the jar and does nothing else. */
public final class ShippingPlugin implements HubPlugin {
    @Override
    public List<Contribution> contributions() {
        return List.of(new ShippingFilterFactory());
    }
}
