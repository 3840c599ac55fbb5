package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.bench.Hub;
import io.kefuhub.bench.proof.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages with personal data of all kinds, the packed filter, an assistant, and a server of models that looks. {@code
 * bench/privacy} says all thousand of them.
 */
@Timeout(180)
final class PrivacyIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SENTENCES =
            Path.of("../plugins/filter-privacy/src/test/resources/io/kefuhub/filter/privacy/personal.tsv");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\[[a-z-]+-\\d+]");
    private static final String PASSWORD = "nobody-else-reads-1";
    private static final String AI = "ai-openai-1.0.0.jar";
    private static final String JAR = "filter-privacy-1.0.0.jar";
    /** Every kind of data is among every so many sentences. */
    private static final int SAID = Integer.getInteger("privacy.messages", 250);

    private static final int EACH = 10;
    /** No more than a desk may ask at once. */
    private static final int AT_ONCE = 12;

    @TempDir
    Path folder;

    /** What a customer says, and what of it is nobody else's. */
    private record Sentence(String text, String personal) {
        static Sentence of(String line) {
            var marked = line.substring(line.indexOf('\t') + 1);
            var personal = marked.substring(marked.indexOf('【') + 1, marked.indexOf('】'));
            return new Sentence(marked.replace("【", "").replace("】", ""), personal);
        }
    }

    @Test
    void of_all_messages_no_personal_data_reaches_the_model_and_all_is_back_in_what_customers_read() throws Exception {
        var sentences = sentences();
        var unpacked = UnpackedHub.prepared();
        var home = folder.resolve("home");
        declare(unpacked, home);
        MadeDatabase.in(home);
        try (var model = new StubModel((question, _) -> answer(question));
                var hub = Hub.start(unpacked, home, UnpackedHub.PATIENT);
                var admin = new Console(hub.url, () -> false, new Random())) {
            setUp(admin, model);

            talk(hub, sentences);

            assertThat(sentences).hasSize(SAID);
            assertThat(model.asked()).isGreaterThanOrEqualTo(sentences.size());
            drafts(admin, model);
            var said = String.join("\n", model.bodies());
            assertThat(sentences).noneMatch(sentence -> said.contains(sentence.personal));
            var books = new HubBooks(hub);
            assertThat(books.number("select count(*) from message where author = 'BOT'"))
                    .isEqualTo(sentences.size());
            var log = log(home);
            assertThat(log).contains("serves from");
            assertThat(sentences).noneMatch(sentence -> log.contains(sentence.personal));
        }
    }

    private static List<Sentence> sentences() throws IOException {
        var all = Files.readAllLines(SENTENCES);
        return IntStream.range(0, SAID)
                .mapToObj(at -> Sentence.of(all.get((int) ((long) at * all.size() / SAID))))
                .toList();
    }

    /** Some at once, each one sentence after the other, so that the ones before are told to the model too. */
    private static void talk(Hub hub, List<Sentence> sentences) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var guests = new ArrayList<Future<?>>();
            for (var at = 0; at < sentences.size(); at += EACH) {
                var theirs = sentences.subList(at, Math.min(at + EACH, sentences.size()));
                guests.add(threads.submit(() -> {
                    talkAlone(hub, theirs);
                    return theirs;
                }));
            }
            for (var guest : guests) guest.get();
        }
    }

    private static void talkAlone(Hub hub, List<Sentence> sentences) throws IOException, InterruptedException {
        try (var guest = new Guest(hub.url)) {
            for (var at = 0; at < sentences.size(); at++) {
                guest.says(sentences.get(at).text);
                assertThat(guest.hears(at + 1).get(at))
                        .as(sentences.get(at).text)
                        .isEqualTo("您说的是 " + sentences.get(at).personal + " 吗？");
            }
        }
    }

    /** What an agent has drafted from a conversation goes the same way. */
    private static void drafts(Console admin, StubModel model) throws IOException {
        var conversation = admin.get("/api/conversations?view=all")
                .body()
                .at("/conversations/0/id")
                .asText();
        var before = model.asked();
        var draft = must(admin.post(
                "/api/conversations/" + conversation + "/draft",
                JSON.createObjectNode().put("kind", "suggest")));
        assertThat(model.asked()).isEqualTo(before + 1);
        assertThat(draft.path("text").asText()).doesNotContainPattern(PLACEHOLDER);
    }

    /** Says the placeholders of the question again, in pieces that cut them. */
    private static String answer(String question) {
        var last = question.substring(question.lastIndexOf('\n') + 1);
        var placeholders =
                PLACEHOLDER.matcher(last).results().map(found -> found.group()).collect(Collectors.joining(" "));
        return JSON.createObjectNode()
                .put("answer", "您说的是 " + placeholders + " 吗？")
                .put("kind", "question")
                .put("handover", false)
                .put("confidence", 0.9)
                .set("citations", JSON.createArrayNode())
                .toString();
    }

    private static String log(Path home) throws IOException {
        try (var files = Files.walk(home.resolve("logs"))) {
            var all = new StringBuilder();
            for (var file : files.filter(Files::isRegularFile).toList()) all.append(Files.readString(file));
            return all.toString();
        }
    }

    private static void setUp(Console admin, StubModel model) throws IOException {
        admin.signIn("privacy.admin", PASSWORD);
        awaitOffer(admin, "\"openai\"");
        awaitOffer(admin, "\"privacy\"");
        must(admin.put(
                "/api/instances/ai_provider/main", JSON.readTree("""
                {"contribution":"openai","settings":{"address":"%s","key":"k","pictures":"false"}}""".formatted(model.address(ModelWire.OPENAI)))));
        must(admin.put("/api/deployments/main", JSON.readTree("""
                {"instance":"main","model":"stub","unpriced":true}""")));
        must(admin.put("/api/aliases/support", JSON.readTree("{\"deployments\":[\"main\"]}")));
        var settings = (ObjectNode) admin.get("/api/settings").body();
        settings.remove("managedBy");
        must(admin.put("/api/settings", settings.put("draftAlias", "support")));
    }

    private static void awaitOffer(Console admin, String id) throws IOException {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!admin.get("/api/contributions").body().toString().contains(id)) {
            assertThat(System.nanoTime()).as("%s is offered", id).isLessThan(end);
            LockSupport.parkNanos(100_000_000);
        }
    }

    private static JsonNode must(Console.Reply reply) {
        assertThat(reply.status()).as(reply.body().toString()).isLessThan(300);
        return reply.body();
    }

    private static void declare(Path unpacked, Path home) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        var plugins = Files.createDirectories(home.resolve("plugins"));
        for (var jar : List.of(AI, JAR)) {
            Files.copy(unpacked.resolve("plugins-available").resolve(jar), plugins.resolve(jar));
        }
        Files.writeString(home.resolve("conf/privacy.yaml"), """
                people:
                  privacy.admin: {name: Privacy, roles: [admin], password: %s, mustChangePassword: false}
                plugins:
                  ai-openai: {allow: {files: true, secrets: true}}
                modelRules:
                  customers: {turnsIn30Seconds: 0, turnsInAnHour: 0}
                responders:
                  helper:
                    type: ai
                    order: 0
                    settings: {alias: support}
                  faq: {type: faq, order: 1}
                """.formatted(PASSWORD));
    }
}
