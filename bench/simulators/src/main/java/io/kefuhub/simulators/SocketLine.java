package io.kefuhub.simulators;

import io.javalin.websocket.WsContext;
import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.api.Callback;

/** One socket that the hub opened. Frames go out in the order in which they were handed in. */
final class SocketLine implements SocketSide.Line {
    private final WsContext ctx;

    SocketLine(WsContext ctx) {
        this.ctx = ctx;
    }

    @Override
    public synchronized void send(String frame) {
        if (ctx.session.isOpen()) ctx.session.sendText(frame, Callback.NOOP);
    }

    @Override
    public synchronized void send(ByteBuffer frame) {
        if (ctx.session.isOpen()) ctx.session.sendBinary(frame, Callback.NOOP);
    }

    @Override
    public void close(int code, String reason) {
        ctx.closeSession(code, reason);
    }

    @Override
    public void cut() {
        ctx.session.disconnect();
    }
}
