package io.kefuhub.core.http;

import okhttp3.Call;
import okhttp3.EventListener;

/** Notes whether a request has begun to leave. Written and read by any thread. */
final class Progress extends EventListener {
    static final EventListener.Factory FACTORY = Progress::of;

    private volatile boolean dispatched;

    private static EventListener of(Call call) {
        var progress = call.request().tag(Progress.class);
        return progress == null ? EventListener.NONE : progress;
    }

    boolean isDispatched() {
        return dispatched;
    }

    @Override
    public void requestHeadersStart(Call call) {
        dispatched = true;
    }
}
