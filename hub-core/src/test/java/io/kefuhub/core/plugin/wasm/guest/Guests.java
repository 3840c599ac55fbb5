package io.kefuhub.core.plugin.wasm.guest;

import io.kefuhub.core.plugin.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Modules for tests, in one engine for all of them. */
public final class Guests {
    public static final WasmEngine ENGINE = new WasmEngine(Path.of("target", "wasm-engine"));
    public static final Budget PATIENT = Budget.of(Duration.ofSeconds(20));

    private Guests() {}

    /** The bytes of a module that is built from {@code src/test/wasm}. */
    public static byte[] bytes(String name) {
        try (var in = Guests.class.getResourceAsStream("/wasm/" + name + ".wasm")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static WasmModule load(String name) {
        return load(bytes(name), false);
    }

    static WasmModule load(byte[] module, boolean keepsInstance) {
        try {
            var gated = WasmGate.read(module, Limits.USUAL);
            return ENGINE.load(gated, new WasmModule.Plan("test", keepsInstance, Limits.USUAL));
        } catch (RefusedException e) {
            throw new IllegalStateException(e.words().en());
        }
    }

    /** Runs on a thread such as the hub asks guests on. */
    static <T> T onLargeStack(Supplier<T> work) {
        var result = new CompletableFuture<T>();
        Thread.ofPlatform().stackSize(WasmEngine.STACK).start(() -> {
            try {
                result.complete(work.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.join();
        } catch (java.util.concurrent.CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    static String ask(WasmModule module, String input) {
        return new String(module.ask("on_message", new Note(input), PATIENT), StandardCharsets.UTF_8);
    }

    /** An errand that remembers what was logged. One thread only. */
    static class Note implements Errand {
        final List<String> log = new ArrayList<>();
        private final String input;
        private final Map<String, String> settings;

        Note(String input) {
            this(input, Map.of());
        }

        Note(String input, Map<String, String> settings) {
            this.input = input;
            this.settings = settings;
        }

        @Override
        public byte[] input() {
            return input.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Optional<String> field(String pointer) {
            return pointer.equals("/message/text") ? Optional.of(input) : Optional.empty();
        }

        @Override
        public Optional<String> setting(String key) {
            return Optional.ofNullable(settings.get(key));
        }

        @Override
        public void log(LogLevel level, String line) {
            log.add(level + " " + line);
        }
    }
}
