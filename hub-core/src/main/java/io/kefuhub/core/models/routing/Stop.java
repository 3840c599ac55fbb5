package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.Cancel;
import java.util.ArrayList;
import java.util.List;

/** Ends something, once. Safe for threads. */
final class Stop implements Cancel {
    private final List<Runnable> actions = new ArrayList<>();
    private volatile boolean requested;

    @Override
    public boolean isRequested() {
        return requested;
    }

    @Override
    public void onRequest(Runnable action) {
        synchronized (actions) {
            if (!requested) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    void request() {
        List<Runnable> now;
        synchronized (actions) {
            if (requested) return;
            requested = true;
            now = List.copyOf(actions);
            actions.clear();
        }
        now.forEach(Runnable::run);
    }
}
