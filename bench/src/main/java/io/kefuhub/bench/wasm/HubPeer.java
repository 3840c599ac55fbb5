package io.kefuhub.bench.wasm;

import io.kefuhub.core.plugin.wasm.guest.Budget;
import io.kefuhub.core.plugin.wasm.guest.Errand;
import io.kefuhub.core.plugin.wasm.guest.Limits;
import io.kefuhub.core.plugin.wasm.guest.WasmEngine;
import io.kefuhub.core.plugin.wasm.guest.WasmGate;
import io.kefuhub.core.plugin.wasm.guest.WasmModule;
import java.time.Duration;
import java.util.Optional;

/** The hub's own way to a module, with its gate, limits and deadline. */
final class HubPeer implements Peer, AutoCloseable {
    /** The first calls of a process are slow; what is measured is far from it. */
    private static final Budget BUDGET = new Budget(Duration.ofSeconds(20), Duration.ofSeconds(20));

    private final WasmEngine engine;
    private final Question question;
    private final WasmModule fresh;
    private final WasmModule kept;

    HubPeer(WasmEngine engine, Question question) throws Exception {
        this.engine = engine;
        this.question = question;
        var gated = WasmGate.read(question.module(), Limits.USUAL);
        fresh = engine.load(gated, new WasmModule.Plan("fresh", false, Limits.USUAL));
        kept = engine.load(gated, new WasmModule.Plan("kept", true, Limits.USUAL));
    }

    @Override
    public String name() {
        return "the hub, " + (engine.compiles() ? "" : "interpreting, ")
                + engine.implementation().orElse("");
    }

    @Override
    public long[] ask(int calls, boolean isFresh) {
        var module = isFresh ? fresh : kept;
        var took = new long[calls];
        for (var i = 0; i < calls; i++) {
            var began = System.nanoTime();
            var said = module.ask("on_message", new Asked(question), BUDGET);
            took[i] = System.nanoTime() - began;
            if (i == 0) question.check(said);
        }
        return took;
    }

    private record Asked(Question question) implements Errand {
        @Override
        public byte[] input() {
            return question.input();
        }

        @Override
        public Optional<String> field(String pointer) {
            return Optional.empty();
        }

        @Override
        public Optional<String> setting(String key) {
            return key.equals("words") ? Optional.of(question.words()) : Optional.empty();
        }

        @Override
        public void log(LogLevel level, String line) {
            // Nobody reads it here.
        }
    }

    @Override
    public void close() {
        fresh.close();
        kept.close();
    }
}
