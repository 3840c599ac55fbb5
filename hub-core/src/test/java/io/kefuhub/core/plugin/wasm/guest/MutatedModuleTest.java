package io.kefuhub.core.plugin.wasm.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.wasm.guest.Guests.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short run of what {@code bench/wasm mutate} does ten thousand times. */
class MutatedModuleTest {
    private static final int MODULES = Integer.getInteger("wasm.mutants", 300);
    /** A module as people write them, with a language's own memory. */
    private static final Path EXAMPLE = Path.of("..", "wasm-plugins", "mask-words", "mask-words.wasm");

    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Budget BUDGET = Budget.of(Duration.ofMillis(50));

    /** From so many on the run tells what came out. */
    private static final int LONG = 1_000;

    private enum End {
        REFUSED,
        NOT_READ,
        FAULT,
        ANSWERED
    }

    @ParameterizedTest
    @ValueSource(strings = {"field", "print", "mask-words"})
    void changed_modules_are_refused_or_fail_or_answer_and_nothing_else(String name) throws IOException {
        var random = new Random(42);
        var whole = name.equals("mask-words") ? Files.readAllBytes(EXAMPLE) : Guests.bytes(name);
        var ends = new EnumMap<End, Integer>(End.class);
        var slowest = 0L;
        for (var i = 0; i < MODULES; i++) {
            var module = changed(whole, random);
            var began = System.nanoTime();
            ends.merge(end(module), 1, Integer::sum);
            slowest = Math.max(slowest, System.nanoTime() - began);
        }
        if (MODULES >= LONG) {
            System.out.printf("%s: %d modules, %s, the slowest %d ms%n", name, MODULES, ends, slowest / 1_000_000);
        }

        assertThat(ends.values().stream().mapToInt(it -> it).sum()).isEqualTo(MODULES);
        assertThat(ends).containsKeys(End.REFUSED, End.FAULT);
        assertThat(Duration.ofNanos(slowest)).isLessThan(BOUND);
    }

    @Test
    void a_changed_byte_is_a_changed_byte() {
        assertThat(changed(Guests.bytes("field"), new Random(1))).isNotEqualTo(Guests.bytes("field"));
    }

    private static byte[] changed(byte[] whole, Random random) {
        var copy = whole.clone();
        for (var flips = 1 + random.nextInt(3); flips > 0; flips--) {
            // The first eight bytes only say that it is a module.
            copy[8 + random.nextInt(copy.length - 8)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private static End end(byte[] module) {
        try {
            var gated = WasmGate.read(module, Limits.USUAL);
            var plan = new WasmModule.Plan("mutant", false, Limits.USUAL);
            try (var guest = Guests.ENGINE.load(gated, plan)) {
                guest.ask("on_message", new Note("hello"), BUDGET);
                return End.ANSWERED;
            }
        } catch (RefusedException e) {
            return End.REFUSED;
        } catch (WasmFault e) {
            return e.kind() == WasmFault.Kind.START ? End.NOT_READ : End.FAULT;
        }
    }
}
