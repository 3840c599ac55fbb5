package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.database.TestDatabase;
import io.kefuhub.core.plugin.jar.PluginJar;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a thread that a replaced version left behind asks of a whole hub. */
class LateCallsTest {
    @TempDir
    Path notes;

    private TestPlatform platform;
    private HubFixture hub;
    private Database database;
    private Browser owner;
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(platform);
        database = TestDatabase.open(hub.address());
        owner = hub.owner();
        folder = Path.of(owner.get("/api/plugins").json().get("folder").asText());
    }

    @AfterEach
    void stop() {
        database.close();
        hub.close();
        platform.close();
    }

    @Test
    void a_generation_may_ask_until_it_is_closed_and_is_refused_afterwards() throws Exception {
        leaving("1.0.0").build(folder.resolve("late.jar"));
        allow();
        save("channel", List.of("main"));
        save("responder", List.of());
        Eventually.holds(() -> Files.exists(notes.resolve("alive-all")));
        assertThat(notes("alive"))
                .containsExactlyInAnyOrder("store done", "contacts done", "files done", "inbox stored");

        Eventually.holds(this::isAnswered);
        // Another version; what is replaced says goodbye while it is closed.
        leaving("1.0.1").build(folder.resolve("late.jar"));
        Eventually.holds(() -> Files.exists(notes.resolve("closed-1.0.0")));
        var before = kept();
        assertThat(before).contains("said goodbye");
        Files.createFile(notes.resolve("go"));

        Eventually.holds(() ->
                Files.exists(notes.resolve("late-channel.done")) && Files.exists(notes.resolve("late-responder.done")));
        assertThat(notes("late-channel"))
                .containsExactly(
                        "store refused",
                        "put refused",
                        "contacts refused",
                        "merge refused",
                        "files refused",
                        "timeline refused",
                        "inbox not stored",
                        "http cancelled",
                        "tasks nothing ran");
        assertThat(notes("late-responder"))
                .containsExactly("store refused", "models unavailable: this version of it has ended");
        assertThat(kept()).isEqualTo(before);
    }

    /** It asks for files, so an admin is asked first. */
    private void allow() {
        Eventually.holds(
                () -> !card().isMissingNode() && card().at("/versions/0/hash").isTextual());
        var hash = card().at("/versions/0/hash").asText();
        var answer = owner.post("/api/plugins/late/versions/" + hash, "{\"allow\":true}");
        assertThat(answer.text()).contains("\"serving\"");
    }

    private JsonNode card() {
        for (var one : owner.get("/api/plugins").json().get("plugins")) {
            if (one.path("id").asText().equals("late")) return one;
        }
        return MissingNode.getInstance();
    }

    private void save(String kind, List<String> desks) {
        var wanted = Map.of("contribution", "late-" + kind, "title", "Late", "settings", Map.of(), "desks", desks);
        var answer = owner.put("/api/instances/" + kind + "/late", Json.text(wanted));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private List<String> notes(String name) throws IOException {
        return Files.readAllLines(notes.resolve(name));
    }

    /** Whether what the plugin brought is over, so that nothing of it changes any more by itself. */
    private boolean isAnswered() {
        return database.read(db -> db.createQuery("""
                        select count(*) > 1 and count(*) filter (where state in ('RECEIVED', 'READY')) = 0
                        from message""").mapTo(Boolean.class).one());
    }

    /** What the hub keeps of what the plugin asked it to. */
    private String kept() {
        return database.read(db -> List.of("instance_value", "contact", "message", "stored_file", "attempt").stream()
                .map(table -> db.createQuery(
                                "select coalesce(string_agg(t::text, '|' order by t::text), '') from " + table + " t")
                        .mapTo(String.class)
                        .one())
                .toList()
                .toString());
    }

    /** A channel and a responder, each of which leaves a thread behind. */
    private PluginJar leaving(String version) {
        return PluginJar.of("late", version).manifest("Plugin-Files", "yes").source("ext.ThePlugin", """
                package ext;

                import io.kefuhub.api.*;
                import io.kefuhub.api.ai.*;
                import io.kefuhub.api.channel.*;
                import io.kefuhub.api.message.*;
                import io.kefuhub.api.respond.*;
                import java.io.*;
                import java.net.URI;
                import java.nio.file.*;
                import java.nio.file.Files;
                import java.time.Duration;
                import java.util.*;
                import java.util.concurrent.*;
                import java.util.concurrent.atomic.AtomicBoolean;

                public final class ThePlugin implements HubPlugin {
                    static final Path NOTES = Path.of("%1$s");
                    static final String VERSION = "%2$s";
                    static final Duration DAY = Duration.ofDays(1);

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

                    static void ask(String name, String what, Runnable call) {
                        try {
                            call.run();
                            note(name, what + " done");
                        } catch (UnavailableException e) {
                            note(name, what + " refused");
                        }
                    }

                    /** Asks again until it is refused: from then on the generation has ended. */
                    static void leave(String name, Store store, Runnable late) {
                        if (!VERSION.equals("1.0.0")) return;
                        var thread = new Thread(() -> {
                            try {
                                while (!Files.exists(NOTES.resolve("go"))) Thread.sleep(5);
                                for (var tries = 0; tries < 4000; tries++) {
                                    store.get("k");
                                    Thread.sleep(5);
                                }
                                note(name, "store works for ever");
                            } catch (UnavailableException e) {
                                note(name, "store refused");
                            } catch (InterruptedException e) {
                                return;
                            }
                            late.run();
                            note(name + ".done", "");
                        });
                        thread.setDaemon(true);
                        thread.start();
                    }

                    static Incoming incoming(String id) {
                        return new Incoming(
                                id,
                                "anna",
                                Contact.anonymous("anna"),
                                List.of(new Part.Text("hello")),
                                java.time.Instant.EPOCH,
                                Optional.empty());
                    }

                    static final class Channels implements ChannelFactory {
                        @Override
                        public Description description() {
                            return new Description("late-channel", Map.of(Language.EN, "Late"), List.of());
                        }

                        @Override
                        public Channel create(Settings settings, ChannelContext context) {
                            leave("late-channel", context.store(), () -> late(context));
                            return new Channel() {
                                @Override
                                public Abilities abilities() {
                                    return Abilities.pushed(2_000);
                                }

                                @Override
                                public void listen() {
                                    if (!VERSION.equals("1.0.0")) return;
                                    ask("alive", "store", () -> context.store().put("k", "v", DAY));
                                    ask("alive", "contacts", () -> context.contacts().label(Contact.anonymous("anna")));
                                    ask("alive", "files", () -> context.files().keep("a.txt", text("hello"), 100));
                                    var accepted = context.inbox().accept(incoming("a1"));
                                    note("alive", "inbox " + (accepted instanceof Inbox.Accepted.Stored ? "stored" : "not"));
                                    note("alive-all", "");
                                }

                                @Override
                                public Delivered deliver(Delivery delivery) {
                                    return new Delivered.Done("p");
                                }

                                @Override
                                public void close() {
                                    context.store().put("bye", "said goodbye", DAY);
                                    note("closed-" + VERSION, "");
                                }
                            };
                        }

                        private static void late(ChannelContext context) {
                            var name = "late-channel";
                            var customer = new Contact("anna-known", true, "", Map.of());
                            ask(name, "put", () -> context.store().put("late", "late", DAY));
                            ask(name, "contacts", () -> context.contacts().label(customer));
                            ask(name, "merge", () -> context.contacts().merge("anna", "anna-known", customer));
                            ask(name, "files", () -> context.files().keep("late.txt", text("late"), 100));
                            ask(name, "timeline", () -> context.timeline().find("anna"));
                            var accepted = context.inbox().accept(incoming("late"));
                            note(name, "inbox " + (accepted instanceof Inbox.Accepted.NotStored ? "not stored" : "stored"));
                            var called = context.http()
                                    .call(Http.Request.get(URI.create("http://127.0.0.1:1/"), Duration.ofSeconds(1)))
                                    .send();
                            note(name, "http " + (called instanceof Http.Outcome.Cancelled ? "cancelled" : "" + called));
                            var ran = new AtomicBoolean();
                            context.tasks().run("late", () -> ran.set(true));
                            note(name, "tasks " + (ran.get() ? "ran" : "nothing ran"));
                        }

                        private static InputStream text(String text) {
                            return new ByteArrayInputStream(text.getBytes());
                        }
                    }

                    static final class Responders implements ResponderFactory {
                        @Override
                        public Description description() {
                            return new Description("late-responder", Map.of(Language.EN, "Late"), List.of());
                        }

                        @Override
                        public Responder create(Settings settings, ResponderContext context) {
                            // Its jar is closed by then, so no further class comes.
                            var nobody = new Nobody();
                            leave("late-responder", context.store(), () -> {
                                var asked = context.models()
                                        .ask(
                                                "support",
                                                "",
                                                List.of(new AiRequest.Turn(AiRequest.Role.USER, "hello", List.of())),
                                                nobody,
                                                Cancel.NEVER);
                                note(
                                        "late-responder",
                                        "models "
                                                + (asked instanceof Models.ModelAnswer.Unavailable(var reason)
                                                        ? "unavailable: " + reason
                                                        : "answered"));
                            });
                            return (turn, sink) -> new Response.Pass("not today");
                        }
                    }

                    static final class Nobody implements AiSink {
                        @Override
                        public void content(String piece) {}

                        @Override
                        public void reasoning(String piece) {}

                        @Override
                        public void usage(Usage usage) {}
                    }
                }
                """.formatted(
                        notes, version));
    }
}
