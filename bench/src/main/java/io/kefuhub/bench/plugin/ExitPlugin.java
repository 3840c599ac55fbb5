package io.kefuhub.bench.plugin;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.HubPlugin;
import java.util.List;

/** Ends the process when it starts, by a way that is not seen when its jar is judged. */
public final class ExitPlugin implements HubPlugin {
    @Override
    public List<Contribution> contributions() {
        try {
            Class.forName("java.lang.System").getMethod("exit", int.class).invoke(null, 0);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return List.of();
    }
}
