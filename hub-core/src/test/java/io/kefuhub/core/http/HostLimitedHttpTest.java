package io.kefuhub.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Http;
import io.kefuhub.api.Http.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostLimitedHttpTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    /** Passes in a test, and is long enough for a busy machine to send a call within. */
    private static final Duration PASSES = Duration.ofSeconds(2);

    private final MockWebServer server = new MockWebServer();
    private final HttpClients clients = new HttpClients(HttpSettings.DEFAULT);
    private HostLimitedHttp http = clients.open(AllowedHosts.NONE);

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws Exception {
        server.start();
        http = clients.open(AllowedHosts.of(List.of(server.getHostName())));
    }

    @AfterEach
    void end() throws Exception {
        http.close();
        clients.close();
        server.close();
    }

    @Test
    void a_whole_answer_comes_back_whatever_its_status() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(418)
                .addHeader("X-Kind", "pot")
                .body("short and stout")
                .build());

        var outcome = http.call(Http.Request.postJson(at("/v1"), Map.of("Authorization", "Bearer k"), "{}", LONG))
                .send();

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(418);
            assertThat(answered.isOk()).isFalse();
            assertThat(answered.body()).isEqualTo("short and stout");
            assertThat(answered.headers()).containsEntry("x-kind", List.of("pot"));
        });
        var request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer k");
        assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void a_host_that_is_not_allowed_is_never_spoken_to() {
        var strict = clients.open(AllowedHosts.of(List.of("api.example.com")));

        assertThat(strict.call(Http.Request.get(at("/"), LONG)).send())
                .isEqualTo(new Outcome.NotAllowed(server.getHostName()));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void a_call_of_a_thread_that_is_interrupted_before_it_is_connected_is_called_off() {
        Thread.currentThread().interrupt();

        var outcome = http.call(Http.Request.get(at("/"), LONG)).send();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isEqualTo(new Outcome.Cancelled(false));
    }

    @Test
    void a_host_that_does_not_secure_its_connection_is_not_waited_for_and_was_sent_nothing() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var quick = clients.open(AllowedHosts.of(List.of("127.0.0.1")), Duration.ofMillis(300), it -> it)) {
            var outcome = quick.call(Http.Request.get(URI.create("https://127.0.0.1:" + silent.getLocalPort()), LONG))
                    .send();

            assertThat(outcome).isEqualTo(new Outcome.Failed(false, "no secure connection in time"));
        }
    }

    @Test
    void a_host_that_speaks_in_the_clear_gives_no_secure_connection() throws Exception {
        try (var clear = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var open = clients.open(AllowedHosts.of(List.of("127.0.0.1")))) {
            var speaking = Thread.startVirtualThread(() -> refuseInTheClear(clear));

            var outcome = open.call(Http.Request.get(URI.create("https://127.0.0.1:" + clear.getLocalPort()), LONG))
                    .send();

            assertThat(outcome).isEqualTo(new Outcome.Failed(false, "no secure connection"));
            speaking.join();
        }
    }

    /// Answers the first bytes of a connection as a server without TLS does, however those bytes are made: a server
    /// that waits for the end of a line finds one in some handshakes and none in others.
    private static void refuseInTheClear(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getInputStream().read();
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_redirect_to_a_host_that_is_not_allowed_is_not_followed() {
        server.enqueue(redirect(302, "http://169.254.169.254/latest/meta-data"));

        assertThat(http.call(Http.Request.get(at("/"), LONG)).send())
                .isEqualTo(new Outcome.NotAllowed("169.254.169.254"));
    }

    @Test
    void a_redirect_within_the_host_is_followed_and_keeps_its_headers() throws Exception {
        server.enqueue(redirect(307, "/there"));
        server.enqueue(ok("here"));

        var outcome = http.call(Http.Request.postJson(at("/"), Map.of("X-Key", "k"), "{\"a\":1}", LONG))
                .send();

        assertThat(bodyOf(outcome)).isEqualTo("here");
        server.takeRequest();
        var second = server.takeRequest();
        assertThat(second.getMethod()).isEqualTo("POST");
        assertThat(second.getHeaders().get("X-Key")).isEqualTo("k");
        assertThat(second.getBody().utf8()).isEqualTo("{\"a\":1}");
    }

    @Test
    void credentials_stay_with_the_host_they_were_meant_for() throws Exception {
        try (var other = new MockWebServer()) {
            other.start();
            server.enqueue(redirect(302, other.url("/elsewhere").toString()));
            other.enqueue(ok("elsewhere"));

            http.call(Http.Request.postJson(at("/"), Map.of("Authorization", "Bearer k", "X-Key", "k"), "{}", LONG))
                    .send();

            var arrived = other.takeRequest();
            assertThat(arrived.getMethod()).isEqualTo("GET");
            assertThat(arrived.getHeaders().get("Authorization")).isNull();
            assertThat(arrived.getHeaders().get("X-Key")).isNull();
        }
    }

    @Test
    void redirects_without_end_end() {
        for (var i = 0; i < 10; i++) server.enqueue(redirect(302, "/again"));

        assertThat(http.call(Http.Request.get(at("/"), LONG)).send())
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(302));
        assertThat(server.getRequestCount()).isEqualTo(6);
    }

    @Test
    void an_answer_that_does_not_come_in_time_is_timed_out_and_was_dispatched() {
        server.enqueue(
                new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build());

        assertThat(http.call(Http.Request.get(at("/"), PASSES)).send()).isEqualTo(new Outcome.TimedOut(true));
    }

    @Test
    void an_answer_that_stops_half_way_is_timed_out() {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(10_000))
                .throttleBody(100, 1, TimeUnit.HOURS)
                .build());

        assertThat(http.call(Http.Request.get(at("/"), PASSES)).send()).isEqualTo(new Outcome.TimedOut(true));
    }

    @Test
    void a_connection_that_is_refused_was_not_dispatched() throws Exception {
        var gone = at("/");
        server.close();

        assertThat(http.call(Http.Request.get(gone, LONG)).send())
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
                    assertThat(failed.dispatched()).isFalse();
                    assertThat(failed.reason()).doesNotContain(gone.getHost());
                });
    }

    @Test
    void a_connection_that_breaks_was_dispatched_and_nothing_is_sent_twice() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                .build());
        server.enqueue(ok("a second try"));

        var outcome =
                http.call(Http.Request.postJson(at("/"), Map.of(), "{}", LONG)).send();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.dispatched()).isTrue());
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void lines_come_as_they_arrive() throws Exception {
        var goOn = new CountDownLatch(1);
        try (var slow = new LineServer(List.of("data: one\n", "data: two\r\n", "last"), goOn)) {
            var local = clients.open(AllowedHosts.of(List.of("127.0.0.1:" + slow.port())));
            var lines = new LinkedBlockingQueue<String>();
            var call = local.call(Http.Request.get(slow.address(), LONG));
            var outcome = CompletableFuture.supplyAsync(() -> call.lines(lines::add));

            assertThat(lines.poll(10, TimeUnit.SECONDS)).isEqualTo("data: one");
            assertThat(outcome).isNotDone();
            goOn.countDown();

            assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Answered.class);
            assertThat(lines).containsExactly("data: two", "last");
        }
    }

    @Test
    void cancelling_closes_the_connection_within_100_ms() throws Exception {
        var took = LONG;
        // A busy machine may hold one up.
        for (var tries = 0; tries < 5 && took.toMillis() >= 100; tries++) took = cancelled();
        assertThat(took).isLessThan(Duration.ofMillis(100));
    }

    /** How long the other side has a connection after its call was cancelled. */
    private Duration cancelled() throws Exception {
        try (var silent = new LineServer(List.of("data: one\n", "never sent"), new CountDownLatch(1))) {
            var local = clients.open(AllowedHosts.of(List.of("127.0.0.1:" + silent.port())));
            var call = local.call(Http.Request.get(silent.address(), LONG));
            var begun = new CountDownLatch(1);
            var outcome = CompletableFuture.supplyAsync(() -> call.lines(_ -> begun.countDown()));
            begun.await();

            var start = System.nanoTime();
            call.cancel();

            assertThat(silent.awaitGone()).isTrue();
            var took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(new Outcome.Cancelled(true));
            return took;
        }
    }

    @Test
    void a_call_that_is_cancelled_before_it_is_sent_never_leaves() {
        var call = http.call(Http.Request.get(at("/"), LONG));
        call.cancel();

        assertThat(call.send()).isEqualTo(new Outcome.Cancelled(false));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void closing_the_client_cancels_what_is_under_way() throws Exception {
        server.enqueue(
                new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build());
        var call = http.call(Http.Request.get(at("/"), LONG));
        var outcome = CompletableFuture.supplyAsync(call::send);
        server.takeRequest();

        http.close();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(new Outcome.Cancelled(true));
        assertThat(http.call(Http.Request.get(at("/"), LONG)).send()).isEqualTo(new Outcome.Cancelled(false));
    }

    @Test
    void a_body_goes_to_a_file_up_to_its_limit() {
        server.enqueue(ok("0123456789"));
        server.enqueue(ok("0123456789"));
        var file = folder.resolve("download.bin");

        assertThat(http.call(Http.Request.get(at("/"), LONG)).toFile(file, 9))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("the answer is larger than 9 bytes"));
        assertThat(folder).isEmptyDirectory();

        assertThat(http.call(Http.Request.get(at("/"), LONG)).toFile(file, 10)).isInstanceOf(Outcome.Answered.class);
        assertThat(file).hasContent("0123456789");
    }

    @Test
    void an_answer_of_more_than_16_mebibytes_is_too_large() {
        server.enqueue(ok("x".repeat((16 << 20) + 1)));

        assertThat(http.call(Http.Request.get(at("/"), LONG)).send())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains("larger than"));
    }

    @Test
    void a_form_carries_fields_and_files() throws Exception {
        server.enqueue(ok(""));
        var content = new ByteArrayInputStream("%PDF-1.7".getBytes(StandardCharsets.UTF_8));
        var form = new Http.Body.Multipart(
                List.of(new Http.Field("file", Optional.of("发票\".pdf"), "application/pdf", content, 8)));

        http.call(new Http.Request("POST", at("/upload"), Map.of(), form, LONG)).send();

        var request = server.takeRequest();
        assertThat(request.getHeaders().get("Content-Type")).startsWith("multipart/form-data; boundary=");
        assertThat(request.getBody().utf8())
                .contains("form-data; name=\"file\"; filename=\"发票%22.pdf\"", "application/pdf", "%PDF-1.7");
    }

    @Test
    void a_malformed_header_fails_and_is_not_repeated_in_the_reason() {
        var outcome = http.call(Http.Request.postJson(at("/"), Map.of("X-Key", "s3cret\nX: y"), "{}", LONG))
                .send();

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.dispatched()).isFalse();
            assertThat(failed.reason()).doesNotContain("s3cret");
        });
    }

    @Test
    void calls_go_through_the_proxy() throws Exception {
        server.enqueue(ok("by proxy"));
        try (var proxied = new HttpClients(
                HttpSettings.DEFAULT.withProxy(new InetSocketAddress(server.getHostName(), server.getPort())))) {
            var outcome = proxied.open(AllowedHosts.of(List.of("*.example.com")))
                    .call(Http.Request.get(URI.create("http://api.example.com/x"), LONG))
                    .send();

            assertThat(bodyOf(outcome)).isEqualTo("by proxy");
            assertThat(server.takeRequest().getHeaders().get("Host")).isEqualTo("api.example.com");
        }
    }

    @Test
    void a_web_socket_carries_texts_both_ways_and_says_once_that_it_is_gone() throws Exception {
        server.enqueue(new MockResponse.Builder().webSocketUpgrade(new Echo()).build());
        var heard = new LinkedBlockingQueue<String>();

        var socket = http.connect(URI.create("ws://" + at("/").getAuthority() + "/ws"), Map.of(), new Ears(heard));
        assertThat(socket.send("hello")).isTrue();
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
        socket.close();

        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("closed 1000");
        assertThat(socket.send("more")).isFalse();
        assertThat(heard).isEmpty();
    }

    @Test
    void a_web_socket_carries_binary_frames_both_ways_as_they_were_when_they_were_sent() throws Exception {
        server.enqueue(new MockResponse.Builder().webSocketUpgrade(new Echo()).build());
        var heard = new LinkedBlockingQueue<String>();
        var frame = new byte[] {0, (byte) 0xff, 10, (byte) 0x80};

        var socket = http.connect(URI.create("ws://" + at("/").getAuthority() + "/ws"), Map.of(), new Ears(heard));
        assertThat(socket.send(frame)).isTrue();
        frame[1] = 1;
        assertThat(socket.send(new byte[0])).isTrue();

        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("bytes [0, -1, 10, -128]");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("bytes []");
        socket.close();
        assertThat(socket.send(frame)).isFalse();
    }

    @Test
    void a_web_socket_takes_no_binary_frame_while_16_MiB_wait() throws Exception {
        var silent = new Silent();
        server.enqueue(new MockResponse.Builder().webSocketUpgrade(silent).build());
        var socket = http.connect(
                URI.create("ws://" + at("/").getAuthority() + "/ws"), Map.of(), new Ears(new LinkedBlockingQueue<>()));

        var taken = 0;
        while (taken < 100 && socket.send(new byte[1 << 20])) taken++;

        assertThat(taken).isBetween(16, 99);
        silent.go.countDown();
        socket.close();
    }

    @Test
    void a_web_socket_to_a_host_that_is_not_allowed_is_gone_at_once() {
        var heard = new LinkedBlockingQueue<String>();

        var socket = http.connect(URI.create("wss://evil.example/ws"), Map.of(), new Ears(heard));

        assertThat(heard).containsExactly("closed 1008");
        assertThat(socket.send("hello")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.example.com", "API.example.com", "a.b.example.org", "localhost", "::1"})
    void hosts_are_allowed_by_name_by_domain_and_by_port(String host) {
        var hosts = AllowedHosts.of(List.of("api.example.com", "*.example.org", "localhost:11434", "[::1]:11434"));

        assertThat(hosts.allow(host, 11434)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "evil-api.example.com", "example.org", "evilexample.org", "localhost", ""})
    void other_hosts_are_not(String host) {
        var hosts = AllowedHosts.of(List.of("api.example.com", "*.example.org", "localhost:11434", " "));

        assertThat(hosts.allow(host, 443)).isFalse();
    }

    private URI at(String path) {
        return server.url(path).uri();
    }

    private static MockResponse ok(String body) {
        return new MockResponse.Builder().body(body).build();
    }

    private static MockResponse redirect(int code, String location) {
        return new MockResponse.Builder()
                .code(code)
                .addHeader("Location", location)
                .build();
    }

    private static String bodyOf(Outcome outcome) {
        return outcome instanceof Outcome.Answered answered ? answered.body() : outcome.toString();
    }

    private record Ears(LinkedBlockingQueue<String> heard) implements Http.SocketListener {
        @Override
        public void onText(String text) {
            heard.add(text);
        }

        @Override
        public void onBinary(byte[] bytes) {
            heard.add("bytes " + Arrays.toString(bytes));
        }

        @Override
        public void onClosed(int code, String reason) {
            heard.add("closed " + code);
        }
    }

    private static final class Echo extends WebSocketListener {
        @Override
        public void onOpen(WebSocket webSocket, Response response) {}

        @Override
        public void onMessage(WebSocket webSocket, String text) {
            webSocket.send(text);
        }

        @Override
        public void onMessage(WebSocket webSocket, ByteString bytes) {
            webSocket.send(bytes);
        }

        @Override
        public void onClosing(WebSocket webSocket, int code, String reason) {
            webSocket.close(code, reason);
        }
    }

    /** Reads one frame and no other until it may go on. */
    private static final class Silent extends WebSocketListener {
        private final CountDownLatch go = new CountDownLatch(1);

        @Override
        public void onMessage(WebSocket webSocket, ByteString bytes) {
            try {
                go.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
