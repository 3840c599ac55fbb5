package io.kefuhub.core.web;

import io.kefuhub.api.web.Upgrade;
import io.kefuhub.api.web.WebReply;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.server.HttpStream;

/**
 * Opens web sockets in front of everything else: so that whoever answers may refuse with any status and choose any of
 * the subprotocols offered, and so that an idle socket costs as little as the server can make it.
 */
final class SocketFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private final transient SocketDoor sockets;

    SocketFilter(SocketDoor sockets) {
        this.sockets = sockets;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var door = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                ? sockets.open(request.getRequestURI())
                : java.util.Optional.<SocketDoor.Door>empty();
        if (door.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        switch (door.get().upgrade(OutsideCalls.read(request, door.get().rest()))) {
            case Upgrade.Refused(WebReply reply) -> OutsideCalls.answer(response, reply, OutsideCalls.Feeding.NONE);
            case Upgrade.Opened opened -> {
                var subprotocol = opened.subprotocol();
                var socket = new HeldSocket(door.get().held(opened), opened.limits());
                afterHandshake(request, socket::handshaken);
                var container = JettyWebSocketServerContainer.getContainer(request.getServletContext());
                var upgraded = container.upgrade(
                        (_, upgrade) -> {
                            if (!subprotocol.isEmpty()) upgrade.setAcceptedSubProtocol(subprotocol);
                            return socket;
                        },
                        request,
                        response);
                if (!upgraded) OutsideCalls.answer(response, WebReply.empty(400), OutsideCalls.Feeding.NONE);
            }
        }
    }

    /** The server opens the socket as the last act of the exchange; only what comes after that knows how it ended. */
    private static void afterHandshake(HttpServletRequest request, Runnable action) {
        ServletContextRequest.getServletContextRequest(request)
                .addHttpStreamWrapper(stream -> new HttpStream.Wrapper(stream) {
                    @Override
                    public void succeeded() {
                        try {
                            super.succeeded();
                        } finally {
                            action.run();
                        }
                    }

                    @Override
                    public void failed(Throwable cause) {
                        try {
                            super.failed(cause);
                        } finally {
                            action.run();
                        }
                    }
                });
    }
}
