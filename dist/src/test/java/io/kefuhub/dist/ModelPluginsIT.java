package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kefuhub.api.AiProviderFactory;
import io.kefuhub.api.Files;
import io.kefuhub.api.Http;
import io.kefuhub.api.HubPlugin;
import io.kefuhub.api.Settings;
import io.kefuhub.api.Store;
import io.kefuhub.api.Tasks;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiProviderContext;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.kit.FakeClock;
import io.kefuhub.api.kit.FakeFiles;
import io.kefuhub.api.kit.FakeStore;
import io.kefuhub.api.kit.FakeTasks;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.http.HttpClients;
import io.kefuhub.core.http.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packed plugins for models, in class loaders of their own, with the hub's own HTTP client and a real server. */
class ModelPluginsIT {
    private static final String PIECE = "您的包裹";

    /** A packed plugin, and how its provider streams one piece and an end. */
    enum Packed {
        OPENAI(
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"),
        ANTHROPIC(
                "data: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"%s\"}}\n\n",
                "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}\n\n"
                        + "data: {\"type\":\"message_stop\"}\n\n"),
        GEMINI(
                "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"%s\"}]}}]}\n\n",
                "data: {\"candidates\":[{\"finishReason\":\"STOP\"}]}\n\n"),
        OLLAMA(
                "{\"message\":{\"content\":\"%s\"},\"done\":false}\n",
                "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}\n");

        private final String piece;
        private final String end;

        Packed(String piece, String end) {
            this.piece = piece.formatted(PIECE);
            this.end = end;
        }

        String jar() {
            return "ai-" + name().toLowerCase(Locale.ROOT) + "-1.0.0.jar";
        }
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile CountDownLatch left = new CountDownLatch(1);
    private final FakeClock clock = new FakeClock();
    private final HttpClients clients = new HttpClients(HttpSettings.DEFAULT);
    private Path unpacked;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        unpacked = UnpackedHub.prepared();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        clients.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(Packed.class)
    void an_answer_comes_through(Packed packed) throws Exception {
        answering(exchange -> {
            write(exchange, packed.piece);
            write(exchange, packed.end);
        });

        try (var loader = loader(packed)) {
            assertThat(ask(provider(packed, loader), new Once(false)))
                    .isEqualTo(new AiReply.Answer(PIECE, Usage.UNKNOWN, AiReply.Finish.STOP));
        }
    }

    @ParameterizedTest
    @EnumSource(Packed.class)
    void a_stream_that_is_cut_tells_what_had_come(Packed packed) throws Exception {
        answering(exchange -> {
            write(exchange, packed.piece);
            throw new IOException("cut, as the test wants it");
        });

        try (var loader = loader(packed)) {
            assertThat(ask(provider(packed, loader), new Once(false)))
                    .isInstanceOfSatisfying(AiReply.Broken.class, broken -> {
                        assertThat(broken.textSoFar()).isEqualTo(PIECE);
                        assertThat(broken.dispatched()).isTrue();
                    });
        }
    }

    @ParameterizedTest
    @EnumSource(Packed.class)
    void a_cancel_reaches_the_provider_within_half_a_second(Packed packed) throws Exception {
        answering(exchange -> {
            write(exchange, packed.piece);
            try {
                while (true) {
                    write(exchange, "\n");
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
            } catch (IOException e) {
                left.countDown();
                throw e;
            }
        });

        try (var loader = loader(packed)) {
            var reached = false;
            // A busy machine may hold one up.
            for (var tries = 0; tries < 3 && !reached; tries++) {
                left = new CountDownLatch(1);
                assertThat(ask(provider(packed, loader), new Once(true))).isInstanceOf(AiReply.Cancelled.class);
                reached = left.await(500, TimeUnit.MILLISECONDS);
            }
            assertThat(reached).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Packed.class)
    void a_redirect_to_another_host_is_not_followed_and_counts_as_sent(Packed packed) throws Exception {
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Location", "http://elsewhere.invalid/");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });

        try (var loader = loader(packed)) {
            assertThat(ask(provider(packed, loader), new Once(false)))
                    .isInstanceOfSatisfying(AiReply.Broken.class, broken -> {
                        assertThat(broken.reason()).contains("elsewhere.invalid");
                        assertThat(broken.dispatched()).isTrue();
                    });
        }
    }

    private interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    private void answering(Answering answering) {
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            try {
                answering.answer(exchange);
                exchange.getResponseBody().close();
            } finally {
                exchange.close();
            }
        });
    }

    private static void write(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private AiReply ask(AiProvider provider, Once cancel) throws Exception {
        var question = new AiRequest.Turn(AiRequest.Role.USER, "Where is it?", List.of());
        var request = new AiRequest("model-1", "", List.of(question), 64, 0.2, true, Map.of());
        return CompletableFuture.supplyAsync(() -> provider.reply(request, cancel, cancel), threads)
                .get(10, TimeUnit.SECONDS);
    }

    private URLClassLoader loader(Packed packed) throws IOException {
        var jar = unpacked.resolve("plugins-available").resolve(packed.jar());
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, new ApiOnly());
    }

    private AiProvider provider(Packed packed, URLClassLoader loader) throws Exception {
        var path = unpacked.resolve("plugins-available").resolve(packed.jar()).toFile();
        String name;
        try (var jar = new JarFile(path)) {
            name = jar.getManifest().getMainAttributes().getValue("Plugin-Class");
        }
        var plugin = (HubPlugin) loader.loadClass(name).getDeclaredConstructor().newInstance();
        var factory = (AiProviderFactory) plugin.contributions().getFirst();
        var port = server.getAddress().getPort();
        var http = clients.open(AllowedHosts.of(List.of("127.0.0.1:" + port)));
        var values = Map.of("address", "http://127.0.0.1:" + port, "key", "sk-1");
        return factory.create(Settings.of(values), new Lent(http, clock));
    }

    /** What a plugin sees of everything around it. */
    private static final class ApiOnly extends ClassLoader {
        ApiOnly() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("io.kefuhub.api.")) return Class.forName(name);
            throw new ClassNotFoundException(name);
        }
    }

    /** Hears an answer, and cancels at its first piece when it is to. */
    private static final class Once implements AiSink, Cancel {
        private final boolean atFirst;
        private final List<Runnable> actions = new CopyOnWriteArrayList<>();

        Once(boolean atFirst) {
            this.atFirst = atFirst;
        }

        @Override
        public void content(String piece) {
            if (atFirst) actions.forEach(Runnable::run);
        }

        @Override
        public void reasoning(String piece) {}

        @Override
        public void usage(Usage usage) {}

        @Override
        public boolean isRequested() {
            return false;
        }

        @Override
        public void onRequest(Runnable action) {
            actions.add(action);
        }
    }

    private record Lent(Http http, FakeClock time) implements AiProviderContext {
        @Override
        public String instance() {
            return "model-1";
        }

        @Override
        public Files files() {
            return new FakeFiles();
        }

        @Override
        public Store store() {
            return new FakeStore(time);
        }

        @Override
        public Tasks tasks() {
            return new FakeTasks(time);
        }

        @Override
        public InstantSource clock() {
            return time;
        }
    }
}
