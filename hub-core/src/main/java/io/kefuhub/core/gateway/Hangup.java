package io.kefuhub.core.gateway;

import io.kefuhub.api.ai.Cancel;
import java.util.ArrayList;
import java.util.List;

/** Calls a question off once its asker has hung up. Safe for threads. */
final class Hangup implements Cancel {
    private final List<Runnable> actions = new ArrayList<>(2);
    private boolean requested;

    void request() {
        List<Runnable> now;
        synchronized (this) {
            if (requested) return;
            requested = true;
            now = List.copyOf(actions);
            actions.clear();
        }
        now.forEach(Runnable::run);
    }

    @Override
    public synchronized boolean isRequested() {
        return requested;
    }

    @Override
    public void onRequest(Runnable action) {
        synchronized (this) {
            if (!requested) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }
}
