package io.kefuhub.core.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketsTest {
    private static final Upgrade.Limits LIMITS = new Upgrade.Limits(1024, 1024);

    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final WebServer server = new WebServer(
                    WebSettings.local(0),
                    _ -> Optional.empty(),
                    CallWatch.NONE,
                    List.of(),
                    path -> Optional.of(new OneDoor(path)))
            .start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_socket_hears_of_its_beginning_and_of_its_end_once() throws Exception {
        var socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/now"), new WebSocket.Listener() {})
                .join();
        assertThat(next()).isEqualTo("open");
        socket.sendText("hello", true).join();
        assertThat(next()).isEqualTo("text hello");

        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();

        assertThat(next()).isEqualTo("close 1000");
        assertNothingMore();
    }

    @Test
    void a_wrong_handshake_is_refused_and_tells_the_handler_that_nothing_came_of_it() throws Exception {
        for (var wrong : List.of("Sec-WebSocket-Version: 7\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n", "")) {
            try (var caller = asks("/now", wrong)) {
                assertThat(new String(caller.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 4");
            }
            assertThat(next()).as(wrong).isEqualTo("close 1006");
        }
        assertNothingMore();
    }

    @Test
    void a_caller_who_has_gone_before_the_answer_counts_as_gone_once() throws Exception {
        var caller = asks("/later", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n");
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        caller.setSoLinger(true, 0);
        caller.close();

        mayAnswer.countDown();

        // Whether the server notices before or after it has opened the socket is a matter of microseconds.
        var first = next();
        assertThat(first.equals("open") ? next() : first).startsWith("close ");
        assertNothingMore();
    }

    private Socket asks(String path, String handshake) throws IOException {
        var caller = new Socket(InetAddress.getLoopbackAddress(), server.port());
        caller.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + handshake + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return caller;
    }

    private String next() throws InterruptedException {
        var call = calls.poll(10, TimeUnit.SECONDS);
        if (call == null) throw new AssertionError("the handler was not called");
        return call;
    }

    /** The server has ended every exchange when it is closed. */
    private void assertNothingMore() {
        server.close();
        assertThat(calls).isEmpty();
    }

    private final class OneDoor implements SocketDoor.Door, SocketHandler {
        private final String path;

        OneDoor(String path) {
            this.path = path;
        }

        @Override
        public String rest() {
            return path;
        }

        @Override
        public Upgrade upgrade(WebRequest request) {
            asked.countDown();
            try {
                if (path.equals("/later") && !mayAnswer.await(10, TimeUnit.SECONDS)) {
                    return new Upgrade.Refused(WebReply.empty(500));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Upgrade.Opened("", LIMITS, this);
        }

        @Override
        public SocketHandler held(Upgrade.Opened opened) {
            return opened.handler();
        }

        @Override
        public void onOpen(LiveSocket socket) {
            calls.add("open");
        }

        @Override
        public void onText(String text) {
            calls.add("text " + text);
        }

        @Override
        public void onBinary(byte[] bytes) {
            calls.add("binary");
        }

        @Override
        public void onClose(int code) {
            calls.add("close " + code);
        }
    }
}
