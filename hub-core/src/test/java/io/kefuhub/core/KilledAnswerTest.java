package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.core.answering.HubWords;
import io.kefuhub.core.database.ChildJvm;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.EmbeddedPostgres;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.database.TestHome;
import io.kefuhub.core.plugin.jar.PluginJar;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub is killed in the middle of an answer that goes in several messages, by the channel and the responder of a plugin's
 * jar.
 */
class KilledAnswerTest {
    private static final String SENTENCE =
            "Your parcel left our warehouse in Hamburg this morning and is now on its way to you by rail.";

    /** What is said where the machine is held up before the first message is there. */
    private static final String AT_WORK = HubWords.INTERIM.in(Language.EN);

    private final Path home = TestHome.withDatabase();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path notes;

    @AfterEach
    void delete() {
        http.close();
        TestHome.delete(home);
    }

    @Test
    void what_was_sent_is_not_sent_again_and_the_end_says_that_it_is_not_whole() throws Exception {
        setUp();
        var killed = start();
        var port = port(killed);
        say(port, "q1", "Where is my parcel?");
        Eventually.holds(() -> notes("sent").equals(List.of(SENTENCE)));
        killed.killed();

        try (var next = start()) {
            var again = port(next);
            Eventually.holds(() -> notes("sent").size() == 2);
            say(again, "q2", "When does it come?");
            Eventually.holds(() -> notes("sent").size() == 3);
            assertThat(next.ends()).isTrue();
        }

        assertThat(notes("sent"))
                .containsExactly(SENTENCE, "(This answer is incomplete. Please ask again.)", "Tomorrow.");
        assertThat(notes("asked")).containsExactly("Where is my parcel?", "When does it come?");
        try (var postgres = EmbeddedPostgres.start(home, _ -> {});
                var database = Database.open(postgres.address())) {
            assertThat(said(database, "BOT")).isEqualTo(notes("sent"));
            assertThat(said(database, "CUSTOMER")).isEqualTo(notes("asked"));
            var open = database.read(
                    db -> db.createQuery("select count(*) from message where state in ('RECEIVED', 'READY')")
                            .mapTo(Long.class)
                            .one());
            assertThat(open).isZero();
        }
    }

    private static List<String> said(Database database, String author) {
        return database.read(
                db -> db.createQuery("select parts -> 0 ->> 'text' from message where author = :author order by seq")
                        .bind("author", author)
                        .mapTo(String.class)
                        .list());
    }

    private void setUp() throws Exception {
        try (var hub = Hub.start(HubFixture.setup(home, Optional.empty()))) {
            var owner = HubFixture.owner(hub);
            var folder = Path.of(owner.get("/api/plugins").json().get("folder").asText());
            jar().build(folder.resolve("jotter.jar"));
            Eventually.holds(() -> owner.get("/api/contributions").text().contains("jotter-channel"));
            save(owner, "channel", List.of("main"));
            save(owner, "responder", List.of());
            var order = owner.put("/api/instances/responder", "{\"keys\":[\"jotter\"]}");
            assertThat(order.status()).as(order.text()).isLessThan(300);
        }
    }

    private static void save(Browser owner, String kind, List<String> desks) {
        var wanted = Map.of(
                "contribution",
                "jotter-" + kind,
                "title",
                "Jotter",
                "settings",
                Map.of(),
                "enabled",
                true,
                "desks",
                desks);
        var answer = owner.put("/api/instances/" + kind + "/jotter", Json.text(wanted));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private ChildJvm start() {
        return ChildJvm.start(ChildHub.class, home.toString());
    }

    private static int port(ChildJvm hub) {
        for (var line = hub.line(); !line.isEmpty(); line = hub.line()) {
            if (!line.startsWith("port ")) continue;
            hub.printsNothingMore();
            return Integer.parseInt(line.substring(5));
        }
        throw new IllegalStateException("the hub did not start");
    }

    private void say(int port, String id, String text) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/webhooks/jotter"))
                .POST(HttpRequest.BodyPublishers.ofString(id + "\n" + text))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }

    private List<String> notes(String name) {
        try {
            var file = notes.resolve(name);
            var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
            return lines.stream().filter(line -> !line.equals(AT_WORK)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A channel that notes what it sends, and a responder that never ends its first answer. */
    private PluginJar jar() {
        return PluginJar.of("jotter", "1.0.0").source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.channel.*;
                import io.kefuhub.api.message.*;
                import io.kefuhub.api.respond.*;
                import io.kefuhub.api.web.*;
                import java.io.*;
                import java.nio.file.*;
                import java.nio.file.Files;
                import java.util.*;
                import java.util.concurrent.locks.LockSupport;

                public final class ThePlugin implements HubPlugin {
                    static final Path NOTES = Path.of("%s");
                    static final String SENTENCE = "%s";

                    @Override
                    public List<Contribution> contributions() {
                        return List.of(new Channels(), new Responders());
                    }

                    static void note(String name, String line) {
                        try {
                            Files.writeString(
                                    NOTES.resolve(name), line + "\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }

                    static final class Channels implements ChannelFactory {
                        @Override
                        public Description description() {
                            return new Description("jotter-channel", Map.of(Language.EN, "Jotter"), List.of());
                        }

                        @Override
                        public Channel create(Settings settings, ChannelContext context) {
                            return new Channel() {
                                @Override
                                public Abilities abilities() {
                                    return Abilities.pushed(2_000).withStreaming(new Abilities.Streaming.Chunks(3));
                                }

                                @Override
                                public Receipt receive(WebRequest request) {
                                    var lines = new BufferedReader(new InputStreamReader(request.body())).lines().toList();
                                    var incoming = new Incoming(
                                            lines.get(0),
                                            "anna",
                                            Contact.anonymous("anna"),
                                            List.of(new Part.Text(lines.get(1))),
                                            context.clock().instant(),
                                            Optional.of(Language.EN));
                                    return new Receipt.Accepted(List.of(incoming), WebReply.text(200, "ok"));
                                }

                                @Override
                                public Delivered deliver(Delivery delivery) {
                                    note("sent", new Message(delivery.parts()).text());
                                    return new Delivered.Done("");
                                }
                            };
                        }
                    }

                    static final class Responders implements ResponderFactory {
                        @Override
                        public Description description() {
                            return new Description("jotter-responder", Map.of(Language.EN, "Jotter"), List.of());
                        }

                        @Override
                        public Responder create(Settings settings, ResponderContext context) {
                            return (turn, sink) -> {
                                var question = turn.question().text();
                                note("asked", question);
                                if (question.startsWith("Where")) {
                                    sink.draft(SENTENCE + " It");
                                    while (!sink.cancel().isRequested()) LockSupport.parkNanos(1_000_000);
                                    return new Response.Pass("not wanted");
                                }
                                return new Response.Answer(
                                        List.of(new Part.Text("Tomorrow.")),
                                        new Response.Source("rule", "r", "a rule", 1, "because"));
                            };
                        }
                    }
                }
                """.formatted(notes, SENTENCE));
    }
}
