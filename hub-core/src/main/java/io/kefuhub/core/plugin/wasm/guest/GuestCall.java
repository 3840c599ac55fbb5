package io.kefuhub.core.plugin.wasm.guest;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What guest and host share while one call lasts. Used for one call after the other, by one thread at a time; whatever the
 * guest leaves half done is gone with the call.
 */
final class GuestCall {
    private static final int LONGEST_LINE = 2_000;
    private static final int MOST_VARIABLES = 64;

    final ExtismMemory memory;
    private final Limits limits;
    private final Map<String, byte[]> variables = new TreeMap<>();
    private @Nullable Errand errand;
    private byte[] input = {};
    private long inputBlock = -1;
    private long outputAt;
    private long outputLength;
    private long error;
    private int lines;

    GuestCall(Limits limits) {
        this.limits = limits;
        this.memory = new ExtismMemory(limits.blockBytes());
    }

    void begin(Errand next) {
        errand = next;
        memory.clear();
        variables.clear();
        input = next.input();
        if (input.length > limits.textBytes()) {
            throw new WasmFault(WasmFault.Kind.TOO_LONG, "the message is too long for it: " + input.length + " bytes");
        }
        inputBlock = -1;
        outputAt = 0;
        outputLength = 0;
        error = 0;
        lines = 0;
    }

    void end() {
        errand = null;
        input = new byte[0];
        variables.clear();
    }

    private Errand errand() {
        var now = errand;
        if (now == null) throw new WasmFault(WasmFault.Kind.REFUSED, "it calls the hub before it was asked anything");
        return now;
    }

    int inputLength() {
        return input.length;
    }

    byte[] input() {
        return input;
    }

    /** Puts the input into the shared memory, once. */
    long inputBlock() {
        if (inputBlock < 0) inputBlock = memory.put(input);
        return inputBlock;
    }

    void output(long at, long length) {
        outputAt = at;
        outputLength = length;
    }

    void error(long block) {
        error = block;
    }

    /** What the guest answered. */
    byte[] output() {
        if (outputLength == 0) return new byte[0];
        if (outputLength < 0 || outputLength > limits.textBytes()) {
            throw new WasmFault(WasmFault.Kind.TOO_LONG, "its answer is longer than " + limits.textBytes() + " bytes");
        }
        return memory.copy(outputAt, outputLength);
    }

    String error() {
        return error == 0 ? "" : memory.text(error);
    }

    long setting(long key) {
        return put(errand().setting(memory.text(key)).orElse(""));
    }

    long field(long pointer) {
        return put(errand().field(memory.text(pointer)).orElse(""));
    }

    private long put(String text) {
        return memory.put(text.getBytes(StandardCharsets.UTF_8));
    }

    long variable(long name) {
        var value = variables.get(memory.text(name));
        return value == null ? 0 : memory.put(value);
    }

    /** Variables live as long as the call: nothing of one customer may reach another. */
    void variable(long name, long value) {
        var key = memory.text(name);
        if (value == 0) variables.remove(key);
        else if (variables.size() < MOST_VARIABLES) variables.put(key, memory.copy(value, memory.length(value)));
        else throw new WasmFault(WasmFault.Kind.REFUSED, "it keeps more than " + MOST_VARIABLES + " variables");
    }

    void log(Errand.LogLevel level, String line) {
        var now = errand;
        if (now == null || lines > limits.logLines()) return;
        lines++;
        if (lines > limits.logLines()) now.log(Errand.LogLevel.WARN, "… and more lines, which are left out");
        else now.log(level, line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…");
    }
}
