package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.plugin.jar.PluginJar;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel that keeps its own connection to a platform, which sends what comes to all that are connected. */
class ListeningSwapTest {
    private TestPlatform platform;
    private HubFixture hub;
    private Database database;
    private Browser owner;
    private Path folder;
    private Feed feed;

    @BeforeEach
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(platform);
        database = TestDatabase.open(hub.address());
        owner = hub.owner();
        folder = Path.of(owner.get("/api/plugins").json().get("folder").asText());
        feed = new Feed();
    }

    @AfterEach
    void stop() throws IOException {
        feed.close();
        database.close();
        hub.close();
        platform.close();
    }

    @Test
    void while_it_is_swapped_and_set_anew_no_item_is_missed_and_none_is_stored_twice() throws Exception {
        following("1.0.0").build(folder.resolve("feed.jar"));
        Eventually.holds(() -> serves("1.0.0"));
        save("one");
        Eventually.holds(() -> feed.connections() == 1);
        feed.begin();

        for (var version : List.of("1.0.1", "1.0.2")) {
            var before = feed.accepted.get();
            following(version).build(folder.resolve("feed.jar"));
            Eventually.holds(() -> serves(version));
            Eventually.holds(() -> feed.accepted.get() == before + 1 && feed.connections() == 1);
        }
        save("two");
        Eventually.holds(() -> feed.accepted.get() == 4 && feed.connections() == 1);

        var sent = feed.end();
        assertThat(feed.fewest.get()).as("connections at any time").isEqualTo(1);
        assertThat(feed.most.get()).as("connections at any time").isEqualTo(2);
        Eventually.holds(() -> stored().size() >= sent);
        assertThat(stored())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, sent).mapToObj(i -> "item-" + i).toList());
    }

    @Test
    void a_connection_that_is_refused_for_good_is_told_at_once_until_another_takes_its_place() throws Exception {
        following("1.0.0").build(folder.resolve("feed.jar"));
        Eventually.holds(() -> serves("1.0.0"));
        save("one");
        Eventually.holds(() -> feed.connections() == 1 && connection().equals("up"));

        feed.tellAll("refused another program is there");
        Eventually.holds(() -> connection().equals("connection-refused note: another program is there"));

        save("two");
        Eventually.holds(() -> connection().equals("up"));
    }

    /** How the channel's page says it stands with its connection. */
    private String connection() {
        var doctor = owner.get("/api/channels/feed/doctor").json();
        for (var todo : doctor.get("todo")) {
            if (todo.get("code").asText().startsWith("connection-")) {
                return todo.get("code").asText() + " " + todo.get("about").asText();
            }
        }
        return doctor.at("/connection/up").asBoolean() ? "up" : "none";
    }

    private boolean serves(String version) {
        for (var one : owner.get("/api/plugins").json().get("plugins")) {
            if (one.path("id").asText().equals("feed")) {
                return one.at("/serving/version").asText().equals(version);
            }
        }
        return false;
    }

    private void save(String title) {
        var answer = owner.put(
                "/api/instances/channel/feed",
                "{\"contribution\":\"feed\",\"title\":\"" + title + "\",\"settings\":{\"port\":\"" + feed.port()
                        + "\",\"note\":\"" + title + "\"},\"desks\":[\"main\"]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private List<String> stored() {
        return database.read(db -> db.createQuery(
                        "select external_id from message where external_id like 'item-%' and author = 'CUSTOMER'")
                .mapTo(String.class)
                .list());
    }

    /** Sends one item after the other to those who are connected. */
    private static final class Feed implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> connected = new CopyOnWriteArrayList<>();
        private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        private final AtomicInteger accepted = new AtomicInteger();
        private final AtomicInteger fewest = new AtomicInteger(Integer.MAX_VALUE);
        private final AtomicInteger most = new AtomicInteger();
        private volatile boolean sending;
        private Thread sender = Thread.ofVirtual().unstarted(this::send);
        private int sent;

        Feed() throws IOException {
            Thread.ofVirtual().start(this::accept);
        }

        int port() {
            return server.getLocalPort();
        }

        int connections() {
            return connected.size();
        }

        void tellAll(String line) {
            for (var socket : connected) tell(socket, line);
        }

        void begin() {
            sending = true;
            sender.start();
        }

        int end() throws InterruptedException {
            sending = false;
            assertThat(sender.join(Duration.ofSeconds(30)))
                    .as("all is acknowledged")
                    .isTrue();
            return sent;
        }

        private void accept() {
            try {
                while (true) {
                    var socket = server.accept();
                    accepted.incrementAndGet();
                    connected.add(socket);
                    most.accumulateAndGet(connected.size(), Math::max);
                    // From here on it misses nothing.
                    tell(socket, "welcome");
                    Thread.ofVirtual().start(() -> listen(socket));
                }
            } catch (IOException _) {
                // closed
            }
        }

        private void listen(Socket socket) {
            try (var lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) acknowledged.add(line);
            } catch (IOException _) {
                // gone
            }
            connected.remove(socket);
        }

        /** The next item follows when somebody has acknowledged this one; whoever comes meanwhile is told of it, too. */
        private void send() {
            while (sending) {
                var item = "item-" + sent;
                var told = new HashSet<Socket>();
                while (!acknowledged.contains(item) && !server.isClosed()) {
                    for (var socket : connected) if (told.add(socket)) tell(socket, item);
                    fewest.accumulateAndGet(connected.size(), Math::min);
                    LockSupport.parkNanos(1_000_000);
                }
                sent++;
            }
        }

        private static boolean tell(Socket socket, String line) {
            try {
                socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                return true;
            } catch (IOException _) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            sending = false;
            server.close();
            for (var socket : connected) socket.close();
        }
    }

    private static PluginJar following(String version) {
        return PluginJar.of("feed", version).source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.channel.*;
                import io.kefuhub.api.message.*;
                import java.io.*;
                import java.net.*;
                import java.util.*;

                public final class ThePlugin implements HubPlugin {
                    static final SettingSpec PORT = SettingSpec.number("port", "Port");
                    static final SettingSpec NOTE = SettingSpec.text("note", "Note");

                    @Override
                    public List<Contribution> contributions() {
                        return List.of(new Channels());
                    }

                    static final class Channels implements ChannelFactory {
                        @Override
                        public Description description() {
                            return new Description("feed", Map.of(Language.EN, "A feed"), List.of(PORT, NOTE));
                        }

                        @Override
                        public Channel create(Settings settings, ChannelContext context) {
                            return new Following(Integer.parseInt(settings.text(PORT)), context.inbox());
                        }
                    }

                    record Following(int port, Inbox inbox) implements Channel {
                        @Override
                        public Abilities abilities() {
                            return Abilities.pushed(2_000);
                        }

                        @Override
                        public void listen() {
                            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                                    var lines = new BufferedReader(new InputStreamReader(socket.getInputStream()))) {
                                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                                    if (line.equals("welcome")) inbox.listening();
                                    else if (line.startsWith("refused ")) inbox.refused("note", io.kefuhub.api.Localized.of(line.substring(8)));
                                    else if (inbox.accept(item(line)) instanceof Inbox.Accepted.Stored) {
                                        socket.getOutputStream().write((line + "\\n").getBytes());
                                    }
                                }
                            } catch (IOException e) {
                                // interrupted, or the platform has gone
                            }
                        }

                        private static Incoming item(String name) {
                            return new Incoming(
                                    name,
                                    "anna",
                                    Contact.anonymous("anna"),
                                    List.of(new Part.Text(name)),
                                    java.time.Instant.EPOCH,
                                    Optional.empty());
                        }

                        @Override
                        public Delivered deliver(Delivery delivery) {
                            return new Delivered.Done("");
                        }
                    }
                }
                """);
    }
}
