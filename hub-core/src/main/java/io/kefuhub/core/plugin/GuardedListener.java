package io.kefuhub.core.plugin;

import io.kefuhub.api.Http;

/** Hears for a plugin what comes over a socket, as long as its slot is open. Safe for threads. */
record GuardedListener(Calls calls, Callee callee, Http.SocketListener listener) implements Http.SocketListener {
    @Override
    public void onText(String text) {
        hear(() -> listener.onText(text));
    }

    @Override
    public void onBinary(byte[] bytes) {
        hear(() -> listener.onBinary(bytes));
    }

    @Override
    public void onClosed(int code, String reason) {
        hear(() -> listener.onClosed(code, reason));
    }

    private void hear(Runnable what) {
        var _ = calls.here(callee, () -> {
            what.run();
            return Asked.Done.DONE;
        });
    }
}
