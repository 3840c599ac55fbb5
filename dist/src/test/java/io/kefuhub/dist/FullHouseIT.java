package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More visitors than a channel lets in: 500 sockets, and 2,000 that try. */
@Timeout(180)
final class FullHouseIT {
    private static final int ROOM = 500;
    private static final int TRY = 2_000;
    private static final String HELLO = "{\"t\":\"hello\",\"id\":1,\"after\":0}";
    private static final Pattern TICKET = Pattern.compile("\"ticket\":\"([^\"]+)\"");
    private static final String CONF = """
            channels:
              wk_full:
                type: web
                title: A small house
                desk: main
                settings:
                  connections: %d
                  connections-per-address: 100000
                  sessions-per-hour: 1000000
            """;

    @TempDir
    Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void a_full_hub_refuses_clearly_serves_those_inside_and_takes_the_next_when_one_leaves() throws Exception {
        var home = folder.resolve("home");
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/full.yaml"), CONF.formatted(ROOM));
        var unpacked = UnpackedHub.prepared();
        try (var hub = UnpackedHub.start(unpacked, home)) {
            hub.awaitReady();
            var open = new ConcurrentLinkedQueue<Guest>();
            var refused = new ConcurrentLinkedQueue<HttpResponse<?>>();
            crowd(hub.url, open, refused);

            assertThat(refused).hasSize(TRY - ROOM).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            });
            assertThat(open).hasSize(ROOM).allSatisfy(FullHouseIT::isServed);
            assertThat(hub.status("/readyz")).isEqualTo(200);

            open.remove().socket().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            try (var next = enterWhenThereIsRoom(hub.url)) {
                next.says(HELLO);
                next.says(
                        "{\"t\":\"send\",\"id\":2,\"cid\":\"c-1\",\"parts\":[{\"type\":\"text\",\"text\":\"hello there\"}]}");
                assertThat(next.hears("\"t\":\"ok\"")).contains("\"seq\":1");
            }
            open.forEach(Guest::close);
        }
    }

    /** Let in and not sent away: its hello is answered, and nothing has closed it. */
    private static void isServed(Guest guest) {
        assertThat(guest.hears("\"t\":\"welcome\"")).isNotEmpty();
        assertThat(guest.socket().isInputClosed()).isFalse();
    }

    private void crowd(URI url, Queue<Guest> open, Queue<HttpResponse<?>> refused) {
        var atOnce = new Semaphore(64);
        try (var visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < TRY; i++) {
                visitors.submit(() -> {
                    atOnce.acquire();
                    try {
                        var guest = enter(url);
                        open.add(guest);
                        // Who says nothing for five seconds is sent away, and somebody else gets in.
                        guest.says(HELLO);
                    } catch (CompletionException e) {
                        if (!(e.getCause() instanceof WebSocketHandshakeException handshake)) throw e;
                        refused.add(handshake.getResponse());
                    } finally {
                        atOnce.release();
                    }
                    return true;
                });
            }
        }
    }

    private Guest enterWhenThereIsRoom(URI url) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                return enter(url);
            } catch (CompletionException e) {
                if (System.nanoTime() - end >= 0) throw e;
            }
        }
    }

    private Guest enter(URI url) throws IOException, InterruptedException {
        var base = url + "/widget/1/wk_full";
        var session = http.send(
                HttpRequest.newBuilder(URI.create(base + "/session"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"locale\":\"en\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(session.statusCode()).as(session.body()).isEqualTo(200);
        var ticket = TICKET.matcher(session.body());
        assertThat(ticket.find()).isTrue();
        var listener = new Listener();
        var socket = http.newWebSocketBuilder()
                .subprotocols("hub.widget.1")
                .header("Origin", url.toString())
                .buildAsync(URI.create(base.replaceFirst("^http", "ws") + "/ws?ticket=" + ticket.group(1)), listener)
                .join();
        return new Guest(socket, listener);
    }

    /** Somebody who was let in. */
    private record Guest(WebSocket socket, Listener listener) implements AutoCloseable {
        void says(String frame) {
            socket.sendText(frame, true).join();
        }

        String hears(String holding) {
            return listener.awaitText(holding);
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    private static final class Listener implements WebSocket.Listener {
        private final LinkedBlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                var text = part.toString();
                part.setLength(0);
                if (text.contains("\"t\":\"ping\"")) socket.sendText("{\"t\":\"pong\"}", true);
                texts.add(text);
            }
            return WebSocket.Listener.super.onText(socket, data, last);
        }

        String awaitText(String holding) {
            List<String> others = new ArrayList<>();
            try {
                while (true) {
                    var text = texts.poll(20, TimeUnit.SECONDS);
                    if (text == null) throw new AssertionError("only " + others);
                    if (text.contains(holding)) return text;
                    others.add(text);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
