package io.kefuhub.bench.plugin;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.HubPlugin;
import java.util.ArrayList;
import java.util.List;

/** Takes memory when it starts until there is none. */
public final class HoardPlugin implements HubPlugin {
    @Override
    public List<Contribution> contributions() {
        var taken = new ArrayList<byte[]>();
        while (taken.size() < 1_000_000) taken.add(new byte[1 << 20]);
        return List.of();
    }
}
