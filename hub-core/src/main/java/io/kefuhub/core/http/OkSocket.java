package io.kefuhub.core.http;

import io.kefuhub.api.Http;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A web socket that the hub opened. Safe for threads. */
final class OkSocket extends WebSocketListener implements Http.Socket, HostLimitedHttp.UnderWay {
    private static final int NEVER_OPENED = 1006;
    private static final int NOT_ALLOWED = 1008;
    private static final int DONE = 1000;

    private final HostLimitedHttp http;
    private final CountDownLatch decided = new CountDownLatch(1);
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile @Nullable WebSocket socket;
    /** Let go of when the socket has gone, for the connection may outlive its plugin. */
    private volatile Http.@Nullable SocketListener listener;

    private OkSocket(HostLimitedHttp http, Http.SocketListener listener) {
        this.http = http;
        this.listener = listener;
    }

    static Http.Socket open(
            HostLimitedHttp http, URI address, Map<String, String> headers, Http.SocketListener listener) {
        var socket = new OkSocket(http, listener);
        socket.connect(address, headers);
        return socket;
    }

    private void connect(URI address, Map<String, String> headers) {
        try {
            var url = HttpUrl.get(address.toString().replaceFirst("^ws", "http"));
            if (!http.allows(url)) {
                gone(NOT_ALLOWED, "the host is not allowed");
                return;
            }
            if (!http.begin(this)) {
                gone(NEVER_OPENED, "the instance is closed");
                return;
            }
            var request = new Request.Builder().url(url);
            headers.forEach(request::header);
            var opened = HostLimitedHttp.withOwnLoader(() -> http.client("GET").newWebSocket(request.build(), this));
            socket = opened;
            // Called off while it was being opened.
            if (gone.get()) opened.cancel();
            decided.await();
        } catch (IllegalArgumentException _) {
            gone(NEVER_OPENED, "the address or a header is malformed");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    @Override
    public boolean send(String text) {
        var open = socket;
        return open != null && !gone.get() && HostLimitedHttp.withOwnLoader(() -> open.send(text));
    }

    @Override
    public boolean send(byte[] bytes) {
        var open = socket;
        return open != null && !gone.get() && HostLimitedHttp.withOwnLoader(() -> open.send(ByteString.of(bytes)));
    }

    /** Says goodbye; whether or not the other side answers, no further call comes. */
    @Override
    public void close() {
        var open = socket;
        if (open != null && !HostLimitedHttp.withOwnLoader(() -> open.close(DONE, ""))) open.cancel();
        gone(DONE, "");
    }

    @Override
    public void callOff() {
        close();
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        decided.countDown();
    }

    @Override
    public void onMessage(WebSocket webSocket, String text) {
        var told = listener;
        if (told != null) told.onText(text);
    }

    @Override
    public void onMessage(WebSocket webSocket, ByteString bytes) {
        var told = listener;
        if (told != null) told.onBinary(bytes.toByteArray());
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        webSocket.close(DONE, "");
        gone(code, reason);
    }

    @Override
    public void onClosed(WebSocket webSocket, int code, String reason) {
        gone(code, reason);
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable t, @Nullable Response response) {
        gone(NEVER_OPENED, response == null ? t.getClass().getSimpleName() : "refused with " + response.code());
    }

    private void gone(int code, String reason) {
        decided.countDown();
        http.end(this);
        if (gone.getAndSet(true)) return;
        var told = listener;
        listener = null;
        if (told != null) told.onClosed(code, reason);
    }
}
