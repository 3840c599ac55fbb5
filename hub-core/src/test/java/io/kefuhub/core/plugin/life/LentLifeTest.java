package io.kefuhub.core.plugin.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.jar.PluginJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a generation has open outside ends with it. */
class LentLifeTest {
    private static final String NAME = "line.jar";

    @TempDir
    Path home;

    private final MockWebServer platform = new MockWebServer();
    private final Peer peer = new Peer();
    private LifeFixture hub;

    @BeforeEach
    void start() throws IOException {
        platform.start();
        hub = new LifeFixture(home);
        hub.drop(keepingALine("1.0.0"), NAME);
        hub.awaitEnd(NAME, Activation.Outcome.SERVING);
    }

    @AfterEach
    void end() throws IOException {
        hub.close();
        peer.hangUp();
        platform.close();
    }

    @Test
    void a_web_socket_of_a_version_that_is_replaced_is_closed_at_its_peer_and_holds_nothing() throws Exception {
        platform.enqueue(new MockResponse.Builder().webSocketUpgrade(peer).build());
        connect("/line");
        assertThat(peer.opened.await(20, TimeUnit.SECONDS)).isTrue();

        hub.drop(PluginJar.filter("line", "1.1.0", "return Verdict.hold(\"two\");"), NAME);

        hub.awaitEnd(NAME, Activation.Outcome.SERVING, "1.1.0");
        assertThat(peer.closed.poll(20, TimeUnit.SECONDS)).isEqualTo(1000);
        // The peer does not answer the farewell, so its connection stays for a while.
        hub.awaitGone(1);
        assertThat(hub.card("line").leaks()).isEmpty();
    }

    @Test
    void a_call_that_goes_on_when_its_plugin_is_taken_out_is_ended() throws Exception {
        // Promises an answer and never gives it.
        platform.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        connect("/call");
        var asked = platform.takeRequest(20, TimeUnit.SECONDS);
        assertThat(asked).isNotNull();

        hub.life.retire("line", "person:test");

        hub.awaitGone(1);
        Eventually.holds(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("long-call")));
    }

    private void connect(String path) {
        var address = platform.url(path).toString();
        var wanted = new InstanceSpec(
                Kind.FILTER,
                "line",
                "",
                "line",
                Map.of("address", address),
                true,
                InstanceSpec.Choices.NONE,
                1,
                Optional.empty());
        assertThat(hub.changes.save(wanted, Set.of(), "person:test")).isEmpty();
    }

    /** The other side of a web socket; it never answers a farewell. */
    private static final class Peer extends WebSocketListener {
        private final CountDownLatch opened = new CountDownLatch(1);
        private final LinkedBlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
        private final AtomicReference<WebSocket> socket = new AtomicReference<>();

        private void hangUp() {
            Optional.ofNullable(socket.get()).ifPresent(open -> open.close(1000, null));
        }

        @Override
        public void onOpen(WebSocket webSocket, Response response) {
            socket.set(webSocket);
            opened.countDown();
        }

        @Override
        public void onClosing(WebSocket webSocket, int code, String reason) {
            closed.add(code);
        }
    }

    /** A filter that opens a socket, or begins a call on a thread of its own, when it is made with an address. */
    private static PluginJar keepingALine(String version) {
        return PluginJar.of("line", version).source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.filter.*;
                import io.kefuhub.api.message.*;
                import java.net.URI;
                import java.time.Duration;
                import java.util.*;

                public final class ThePlugin implements HubPlugin {
                    static final SettingSpec ADDRESS = SettingSpec.address("address", "Address").optional();

                    @Override
                    public List<Contribution> contributions() {
                        return List.of(new FilterFactory() {
                            @Override
                            public Description description() {
                                return new Description("line", Map.of(Language.EN, "A filter"), List.of(ADDRESS));
                            }

                            @Override
                            public Filter create(Settings settings, FilterContext context) {
                                if (settings.find(ADDRESS).isPresent()) open(settings.address(ADDRESS), context.http());
                                return new TheFilter();
                            }
                        });
                    }

                    static void open(URI address, Http http) {
                        if (address.getPath().equals("/line")) {
                            http.connect(URI.create(address.toString().replace("http", "ws")), Map.of(), new Listener());
                            return;
                        }
                        var thread = new Thread(
                                () -> http.call(Http.Request.get(address, Duration.ofSeconds(50))).send(), "long-call");
                        thread.setDaemon(true);
                        thread.start();
                    }

                    static final class Listener implements Http.SocketListener {
                        @Override
                        public void onText(String text) {}

                        @Override
                        public void onBinary(byte[] bytes) {}

                        @Override
                        public void onClosed(int code, String reason) {}
                    }

                    static final class TheFilter implements Filter {
                        @Override
                        public Set<Stage> stages() {
                            return Set.of(Stage.CUSTOMER_IN);
                        }

                        @Override
                        public Verdict apply(Message message, Facts facts, Stage stage) {
                            return Verdict.hold("one");
                        }
                    }
                }
                """);
    }
}
