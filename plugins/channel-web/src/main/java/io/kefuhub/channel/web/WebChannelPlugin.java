package io.kefuhub.channel.web;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.HubPlugin;
import java.util.List;

/** The web chat as a plugin. */
public final class WebChannelPlugin implements HubPlugin {
    @Override
    public List<Contribution> contributions() {
        return List.of(new WebChannelFactory());
    }
}
