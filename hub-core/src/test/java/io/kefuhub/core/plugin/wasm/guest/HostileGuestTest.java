package io.kefuhub.core.plugin.wasm.guest;

import static io.kefuhub.core.plugin.wasm.guest.Guests.PATIENT;
import static io.kefuhub.core.plugin.wasm.guest.Guests.ask;
import static io.kefuhub.core.plugin.wasm.guest.Guests.load;
import static io.kefuhub.core.plugin.wasm.guest.Guests.onLargeStack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kefuhub.core.plugin.wasm.guest.Guests.Note;
import io.kefuhub.core.plugin.wasm.guest.WasmFault.Kind;
import io.kefuhub.core.telemetry.Stalls;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What guests do that are wrong or wicked, and what the hub makes of it: a reason, within a bound, and nothing else. */
class HostileGuestTest {
    private static final Budget SHORT = Budget.of(Duration.ofMillis(50));
    private static final Duration BOUND = Duration.ofSeconds(2);

    @BeforeAll
    static void warm() {
        try (var echo = load("echo")) {
            ask(echo, "the engine has started");
        }
    }

    private static WasmFault fault(String guest, Budget budget) {
        try (var module = load(guest)) {
            return onLargeStack(() -> catchThrowableOfType(
                    WasmFault.class, () -> module.ask("on_message", new Note("给 her 40 字"), budget)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"loop", "loop-with-calls", "loop-at-start"})
    void one_that_never_ends_is_stopped(String guest) {
        var began = Stalls.now();

        var fault = fault(guest, SHORT);

        assertThat(fault.kind()).isEqualTo(Kind.TIME_UP);
        assertThat(fault).hasMessageContaining("time was up");
        assertThat(Stalls.since(began)).isLessThan(BOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory-bomb", "table-bomb", "block-bomb"})
    void one_that_takes_all_it_can_gets_no_more_than_its_share(String guest) {
        try (var module = load(guest)) {
            assertThat(ask(module, "")).isEmpty();
            assertThat(module.mostMemory()).isLessThanOrEqualTo(64L * 65_536);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"recursion", "recursion-with-calls"})
    void one_that_calls_itself_without_end_fails_and_nobody_else_does(String guest) {
        assertThat(fault(guest, PATIENT).kind()).isEqualTo(Kind.TRAP);

        try (var echo = load("echo")) {
            assertThat(ask(echo, "fine")).isEqualTo("fine");
        }
    }

    @Test
    void one_may_go_two_thousand_calls_deep() {
        try (var module = load("depth")) {
            assertThat(onLargeStack(() -> ask(module, ""))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "trap, TRAP, unreachable",
        "trap-at-start, TRAP, unreachable",
        "out-of-bounds, TRAP, memory",
        "division, TRAP, zero",
        "wrong-indirect, TRAP, indirect",
        "exit, EXIT, status 7",
        "error, ERROR, it says that it failed: 给 her 40 字",
        "network, REFUSED, which no module has",
        "bogus-output, REFUSED, not its own",
        "bogus-load, REFUSED, not its own",
        "negative-output, TOO_LONG, longer than 65536",
        "huge-output, TOO_LONG, longer than 65536",
    })
    void one_that_fails_says_why(String guest, Kind kind, String reason) {
        var fault = fault(guest, PATIENT);

        assertThat(fault.kind()).as(fault.getMessage()).isEqualTo(kind);
        assertThat(fault).hasMessageContaining(reason);
    }

    @Test
    void an_instance_that_failed_is_not_asked_again() {
        try (var module = load(Guests.bytes("trap"), true)) {
            for (var i = 0; i < 3; i++) {
                assertThat(catchThrowableOfType(WasmFault.class, () -> ask(module, "")))
                        .isNotNull();
            }
        }
    }

    @Test
    void a_message_that_is_too_long_is_not_handed_in() {
        try (var echo = load("echo")) {
            var fault = catchThrowableOfType(WasmFault.class, () -> ask(echo, "x".repeat(70_000)));

            assertThat(fault.kind()).isEqualTo(Kind.TOO_LONG);
        }
    }
}
