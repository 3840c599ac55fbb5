package io.kefuhub.responder.example;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.HubPlugin;
import java.util.List;

/** Offers the responder. */
public final class ExamplePlugin implements HubPlugin {
    @Override
    public List<Contribution> contributions() {
        return List.of(new OrderResponderFactory());
    }
}
