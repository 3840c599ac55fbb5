package io.kefuhub.core.plugin.wasm.guest;

import static io.kefuhub.core.plugin.wasm.guest.Guests.ENGINE;
import static io.kefuhub.core.plugin.wasm.guest.Guests.PATIENT;
import static io.kefuhub.core.plugin.wasm.guest.Guests.ask;
import static io.kefuhub.core.plugin.wasm.guest.Guests.bytes;
import static io.kefuhub.core.plugin.wasm.guest.Guests.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.core.plugin.wasm.guest.Guests.Note;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class WasmModuleTest {
    @Test
    void guests_are_compiled_and_not_only_interpreted() {
        assertThat(ENGINE.compiles()).as(ENGINE.implementation().orElse("")).isTrue();
    }

    @Test
    void an_engine_that_nobody_needs_does_not_start() {
        try (var engine = new WasmEngine(Path.of("target", "never"))) {
            assertThat(engine.isStarted()).isFalse();
            assertThat(engine.implementation()).isEmpty();
        }
        assertThat(Path.of("target", "never")).doesNotExist();
    }

    @Test
    void what_goes_in_comes_out_whatever_letters_it_has() {
        try (var echo = load("echo")) {
            for (var text : List.of(
                    "", "a", "Where is my parcel?", "我的快递呢？", "\"quoted\"\n\u0000 and 😀", "x".repeat(60_000))) {
                assertThat(ask(echo, text)).isEqualTo(text);
            }
        }
    }

    @Test
    void nothing_is_left_of_a_call_for_the_next_one() {
        try (var counter = load("counter")) {
            assertThat(List.of(ask(counter, "a"), ask(counter, "b"), ask(counter, "c")))
                    .containsOnly("1");
        }
        try (var stale = load("stale-memory")) {
            for (var i = 0; i < 3; i++)
                assertThat(ask(stale, "secret ".repeat(20))).isEmpty();
        }
    }

    @Test
    void a_module_that_wishes_so_keeps_its_instance() {
        try (var counter = load(bytes("counter"), true)) {
            assertThat(List.of(ask(counter, "a"), ask(counter, "b"), ask(counter, "c")))
                    .containsExactly("1", "2", "3");
        }
    }

    @Test
    void a_guest_picks_a_field_of_the_envelope_or_a_setting() {
        try (var field = load("field")) {
            assertThat(ask(field, "你好 😀")).isEqualTo("你好 😀");

            var withSetting = new Note("hello", Map.of("key", "value"));
            assertThat(field.ask("on_message", withSetting, PATIENT)).asString().isEqualTo("value");
        }
    }

    @Test
    void what_a_guest_prints_and_logs_is_kept_line_by_line_and_within_bounds() {
        try (var print = load("print");
                var flood = load("log-flood")) {
            var printed = new Note("");
            print.ask("on_message", printed, PATIENT);
            assertThat(printed.log).containsExactly("INFO hello", "INFO world");

            var flooded = new Note("line ".repeat(1_000));
            flood.ask("on_message", flooded, PATIENT);
            assertThat(flooded.log).hasSize(Limits.USUAL.logLines() + 1);
            assertThat(flooded.log.getFirst()).hasSizeLessThan(2_100);
            assertThat(flooded.log.getLast()).contains("left out");
        }
    }

    @Test
    void a_thousand_virtual_threads_and_as_many_calls_all_get_their_own_answer() throws Exception {
        try (var echo = load("echo");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Boolean>>();
            for (var i = 0; i < 1_000; i++) {
                var text = "message " + i;
                calls.add(() -> {
                    for (var tries = 0; tries < 100; tries++) {
                        try {
                            return ask(echo, text).equals(text);
                        } catch (WasmFault busy) {
                            assertThat(busy).hasMessageContaining("too many wait");
                            Thread.yield();
                        }
                    }
                    return true;
                });
            }

            assertThat(threads.invokeAll(calls))
                    .allSatisfy(call -> assertThat(call.get()).isTrue());
        }
    }

    @Test
    void a_closed_module_answers_nobody() {
        var echo = load("echo");
        ask(echo, "a");

        echo.close();

        assertThatThrownBy(() -> ask(echo, "b")).isInstanceOf(WasmFault.class).hasMessageContaining("closed");
    }
}
