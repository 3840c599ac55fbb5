package io.kefuhub.ai.exchange;

import io.kefuhub.api.ai.Cancel;
import java.util.ArrayList;
import java.util.List;

/** A cancel that a test pulls. Safe for threads. */
final class Stop implements Cancel {
    private final List<Runnable> actions = new ArrayList<>();
    private boolean requested;

    synchronized void pull() {
        requested = true;
        actions.forEach(Runnable::run);
    }

    @Override
    public synchronized boolean isRequested() {
        return requested;
    }

    @Override
    public synchronized void onRequest(Runnable action) {
        if (requested) action.run();
        else actions.add(action);
    }
}
