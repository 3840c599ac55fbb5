package io.kefuhub.core.plugin.wasm.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kefuhub.core.plugin.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WasmGateTest {
    @Test
    void a_module_is_described_and_its_memory_is_bounded() throws RefusedException {
        var gated = WasmGate.read(Guests.bytes("echo"), Limits.USUAL);

        assertThat(gated.imports())
                .containsExactly(
                        "extism:host/env input_length", "extism:host/env input_offset", "extism:host/env output_set");
        assertThat(gated.functions()).containsEntry("on_message", Gated.FunctionType.ENTRY);
        assertThat(gated.memoryPages()).isEqualTo(1);
        assertThat(gated.mostPages()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({
        "unknown-import, wasm-unknown-import, env open_door",
        "other-type, wasm-other-import, (i32) -> i32",
        "imported-memory, wasm-imports-data, env memory",
        "large-memory, wasm-memory-too-large, 1000 pages",
        "large-table, wasm-table-too-large, 200000",
        "memory64, wasm-other-memory, 64-bit",
        "shared-memory, wasm-other-memory, shared",
    })
    void what_asks_for_too_much_is_refused_in_words(String module, String code, String words) {
        var refused = refused(Guests.bytes(module));

        assertThat(refused.refusal().orElseThrow().code()).isEqualTo(code);
        assertThat(refused.words().en()).contains(words);
        assertThat(refused.words().zh()).isNotEqualTo(refused.words().en());
    }

    @Test
    void what_is_no_module_is_refused() {
        assertThat(refused("PK\u0003\u0004 a jar".getBytes(StandardCharsets.UTF_8))
                        .words()
                        .en())
                .contains("no WASM module");
        assertThat(refused(new byte[0]).words().en()).contains("no WASM module");
        assertThat(refused(new byte[Limits.USUAL.fileBytes() + 1]).words().en()).contains("4 MiB");
    }

    @Test
    void a_half_copied_module_is_refused_wherever_it_was_cut_off() {
        var whole = Guests.bytes("echo");
        for (var length = 8; length < whole.length; length++) {
            var part = Arrays.copyOf(whole, length);
            try {
                // Cut between two sections, it is a module still, but none that could be asked.
                assertThat(WasmGate.read(part, Limits.USUAL).bytes().length).isLessThanOrEqualTo(length + 3);
            } catch (RefusedException e) {
                assertThat(e.refusal().orElseThrow().code()).isEqualTo("wasm-damaged");
            }
        }
    }

    @Test
    void a_section_travels_with_a_module_and_is_replaced_as_a_whole() throws RefusedException {
        var echo = Guests.bytes("echo");
        var one = CustomSection.put(echo, "note", "one".getBytes(StandardCharsets.UTF_8));
        var two = CustomSection.put(one, "note", "two 二".getBytes(StandardCharsets.UTF_8));

        assertThat(CustomSection.find(two, "note")).contains("two 二".getBytes(StandardCharsets.UTF_8));
        assertThat(CustomSection.find(two, "other")).isEmpty();
        assertThat(CustomSection.without(two, "note")).isEqualTo(echo);
        assertThat(WasmGate.read(two, Limits.USUAL).bytes())
                .isEqualTo(WasmGate.read(echo, Limits.USUAL).bytes());
        assertThat(CustomSection.find(new byte[] {1, 2}, "note")).isEmpty();
    }

    private static RefusedException refused(byte[] module) {
        return catchThrowableOfType(RefusedException.class, () -> WasmGate.read(module, Limits.USUAL));
    }
}
