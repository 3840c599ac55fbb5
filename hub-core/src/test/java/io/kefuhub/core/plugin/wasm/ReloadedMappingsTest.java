package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.kefuhub.api.Http;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.Store;
import io.kefuhub.api.Tasks;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiProviderContext;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.kit.AiProviderContract;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.translate.Translation;
import io.kefuhub.api.translate.Translator;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.http.HttpClients;
import io.kefuhub.core.http.HttpSettings;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Terms;
import io.kefuhub.core.plugin.life.LoadedPlugin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that are translators or models' dialects, asked without a pause while they are reloaded, as a host asks them. */
class ReloadedMappingsTest {
    private static final int VERSIONS = 12;
    private static final int ASKING = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String TOLD = """
            data: {"choices":[{"delta":{"content":"It is "},"finish_reason":null}]}

            data: {"choices":[{"delta":{"content":"on its way%s"},"finish_reason":"stop"}]}

            data: [DONE]
            """;

    @TempDir
    Path folder;

    private final Guard guard = new Guard();
    private final FakeContext context = new FakeContext("test");

    @AfterEach
    void close() {
        guard.close();
        context.close();
    }

    private record Version<T extends AutoCloseable>(LoadedPlugin plugin, Slot<T> slot) {}

    /** What is asked now. */
    private static final class Serving<T extends AutoCloseable> {
        private volatile Version<T> now;

        Serving(Version<T> first) {
            now = first;
        }
    }

    private interface Making<T extends AutoCloseable> {
        Asked<?> make(Slot<T> slot, Offer<?> offer);
    }

    /** Loads an example under another version, with something changed in its manifest. */
    private <T extends AutoCloseable> Version<T> load(
            String name, int number, Function<String, String> change, Making<T> making) throws Exception {
        var example = Examples.FOLDER.resolve(name);
        var copy = Files.createDirectory(folder.resolve(name + "-" + number)).resolve(name + ".wasm");
        Files.copy(example.resolve(name + ".wasm"), copy);
        Files.writeString(
                copy.resolveSibling(name + ".json"),
                change.apply(Files.readString(example.resolve(name + ".json")).replace("1.0.0", "1.0." + number)));
        var plugin = Examples.load(copy, new WasmFilters());
        var offer = plugin.offers().getFirst();
        var slot = Slot.<T>empty(offer, "test", number, Terms.of(offer.kind()));
        assertThat(making.make(slot, offer).answer()).isPresent();
        return new Version<>(plugin, slot);
    }

    private interface Loading<T extends AutoCloseable> {
        Version<T> load(int number) throws Exception;
    }

    private interface Asking<T extends AutoCloseable, A> {
        Asked<A> ask(Slot<T> slot);
    }

    private interface Answers<A> {
        /** Fails for an answer that is none of this version or a later one. */
        void mustBeRight(A answer, int atLeast);
    }

    private <T extends AutoCloseable, A> void reload(Loading<T> loading, Asking<T, A> asking, Answers<A> answers)
            throws Exception {
        var serving = new Serving<T>(loading.load(0));
        var done = new AtomicBoolean();
        Callable<Integer> asks = () -> {
            for (var calls = 1; ; calls++) {
                var before = serving.now;
                var asked = asking.ask(before.slot());
                // Closed under its hands.
                if (asked instanceof Asked.Unavailable<A> && before != serving.now) continue;
                answers.mustBeRight(asked.answer().orElseThrow(() -> new AssertionError(asked.problem())), (int)
                        before.slot().generation());
                if (done.get()) return calls;
            }
        };
        try (var threads = Executors.newFixedThreadPool(ASKING)) {
            var askers = IntStream.range(0, ASKING)
                    .mapToObj(_ -> threads.submit(asks))
                    .toList();
            try {
                for (var number = 1; number <= VERSIONS; number++) {
                    var next = loading.load(number);
                    var before = serving.now;
                    serving.now = next;
                    answers.mustBeRight(asking.ask(next.slot()).answer().orElseThrow(), number);
                    assertThat(guard.close(before.slot(), PATIENCE)).isInstanceOf(Asked.Answered.class);
                    before.plugin().unload();
                }
            } finally {
                done.set(true);
            }
            for (var one : askers) assertThat(one.get()).isGreaterThan(VERSIONS);
        }
        serving.now.plugin().unload();
    }

    @Test
    void every_text_is_translated_while_the_translator_is_reloaded_and_never_by_an_older_one() throws Exception {
        reload(
                number -> this.<Translator>load(
                        "translate-glossary",
                        number,
                        manifest -> manifest.replace("你好 = hello", "你好 = hello " + number),
                        (slot, offer) -> guard.create(slot, offer, Settings.of(Map.of()), context)),
                slot -> guard.translate(slot, List.of("你好"), Language.ZH_CN, Language.EN, Map.of()),
                (answer, atLeast) -> assertThat(answer)
                        .isInstanceOfSatisfying(
                                Translation.Translated.class,
                                translated -> assertThat(translated.texts())
                                        .singleElement()
                                        .satisfies(text -> {
                                            assertThat(text).startsWith("hello ");
                                            assertThat(Integer.parseInt(text.substring(6)))
                                                    .isEqualTo(atLeast);
                                        })));
    }

    @Test
    void every_question_to_a_model_is_answered_while_its_dialect_is_reloaded_and_never_worded_by_an_older_one()
            throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            var authorized =
                    "Bearer sk-secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            // Each version asks at an address of its own, and is told which.
            var version = exchange.getRequestURI().getPath().replaceAll("^/|/chat/completions$", "");
            var body = TOLD.formatted(" " + version).getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(authorized ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (var clients = new HttpClients(HttpSettings.DEFAULT)) {
            var address = "http://localhost:" + server.getAddress().getPort() + "/";
            var settings = Settings.of(Map.of("api-key", "sk-secret"));
            var lent = new Lent(context, clients.open(AllowedHosts.of(Set.of("localhost"))));
            reload(
                    number -> this.<AiProvider>load(
                            "ai-openai-dialect",
                            number,
                            manifest -> manifest.replace("https://api.openai.com/v1", address + number),
                            (slot, offer) -> guard.create(slot, offer, settings, lent)),
                    slot -> guard.reply(
                            slot,
                            AiProviderContract.request(true),
                            new AiProviderContract.Pieces(),
                            new AiProviderContract.NeverCancel()),
                    (answer, version) -> assertThat(answer)
                            .isInstanceOfSatisfying(
                                    AiReply.Answer.class,
                                    said -> assertThat(said.text()).isEqualTo("It is on its way " + version)));
        } finally {
            server.stop(0);
        }
    }

    /** What the hub lends, with its real way to the outside. */
    private record Lent(FakeContext fake, Http http) implements AiProviderContext {
        @Override
        public String instance() {
            return fake.instance();
        }

        @Override
        public io.kefuhub.api.Files files() {
            return fake.files();
        }

        @Override
        public Store store() {
            return fake.store();
        }

        @Override
        public Tasks tasks() {
            return fake.tasks();
        }

        @Override
        public InstantSource clock() {
            return fake.clock();
        }
    }
}
