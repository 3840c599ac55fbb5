package io.kefuhub.core.plugin.wasm.guest;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * The system interface that many compilers expect, without any ability: no files, arguments, environment or sockets. What
 * is written to the two outputs becomes log lines. One thread at a time.
 */
final class WasiShim {
    private static final int OK = 0;
    private static final int BAD_FILE = 8;
    private static final int INVALID = 28;
    private static final int NOT_THERE = 52;
    private static final int NOT_ALLOWED = 76;
    private static final int STDERR = 2;
    private static final int MOST_BUFFERS = 1_024;
    private static final int MOST_BYTES = 1 << 16;
    private static final int LONGEST_LINE = 4_096;
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;

    private final GuestCall call;
    private final StringBuilder line = new StringBuilder();
    private final RandomGenerator random = RandomGenerator.getDefault();
    private @Nullable Value memory;

    WasiShim(GuestCall call) {
        this.call = call;
    }

    /** Belongs to another instance from now on. */
    void use(@Nullable Value memoryOfInstance) {
        memory = memoryOfInstance;
        line.setLength(0);
    }

    /** The call is over; what has no end of line yet is a line all the same. */
    void end() {
        if (!line.isEmpty()) call.log(Errand.LogLevel.INFO, line.toString());
        line.setLength(0);
    }

    Map<String, Object> functions() {
        var functions = new HashMap<String, Object>();
        for (var name : Offered.names(Offered.WASI)) functions.put(name, function(name));
        return functions;
    }

    private ProxyExecutable function(String name) {
        return switch (name) {
            case "args_sizes_get", "environ_sizes_get" ->
                a -> {
                    memory().writeBufferInt(LE, address(a[0]), 0);
                    memory().writeBufferInt(LE, address(a[1]), 0);
                    return OK;
                };
            case "args_get", "environ_get", "sched_yield" -> _ -> OK;
            case "clock_time_get" ->
                a -> {
                    memory().writeBufferLong(LE, address(a[2]), System.nanoTime());
                    return OK;
                };
            case "clock_res_get" ->
                a -> {
                    memory().writeBufferLong(LE, address(a[1]), 1_000_000);
                    return OK;
                };
            case "random_get" -> a -> random(address(a[0]), a[1].asInt());
            case "fd_write" -> this::write;
            case "fd_fdstat_get" -> a -> state(a[0].asInt(), address(a[1]));
            case "fd_close", "fd_fdstat_set_flags" -> a -> isOutput(a[0].asInt()) ? OK : BAD_FILE;
            case "fd_read" ->
                a -> {
                    if (a[0].asInt() != 0) return BAD_FILE;
                    memory().writeBufferInt(LE, address(a[3]), 0);
                    return OK;
                };
            case "fd_prestat_get", "fd_prestat_dir_name", "fd_seek", "fd_tell", "fd_filestat_get" -> _ -> BAD_FILE;
            case "proc_exit" ->
                a -> {
                    throw new WasmFault(WasmFault.Kind.EXIT, "it ended itself with status " + a[0].asInt());
                };
            default -> _ -> name.startsWith("path_") ? NOT_ALLOWED : NOT_THERE;
        };
    }

    private Value memory() {
        var now = memory;
        if (now == null) throw new WasmFault(WasmFault.Kind.REFUSED, "it exports no memory under the name memory");
        return now;
    }

    private static long address(Value value) {
        return value.asInt() & 0xffff_ffffL;
    }

    private static boolean isOutput(int file) {
        return file >= 0 && file <= STDERR;
    }

    /** What AssemblyScript says when it gives up: its texts are UTF-16, with their length in bytes before them. */
    WasmFault gaveUp(Value text, int line) {
        var at = address(text);
        var why = "";
        if (at > 4 && memory != null) {
            var length = Math.clamp(memory().readBufferInt(LE, at - 4), 0, 1_000);
            var bytes = new byte[length];
            memory().readBuffer(at, bytes, 0, length);
            why = ": " + new String(bytes, StandardCharsets.UTF_16LE);
        }
        return new WasmFault(WasmFault.Kind.ERROR, "it gave up in line " + line + why);
    }

    private int random(long at, int length) {
        if (length < 0 || length > MOST_BYTES) return INVALID;
        for (var i = 0; i < length; i++) memory().writeBufferByte(at + i, (byte) random.nextInt());
        return OK;
    }

    private int state(int file, long at) {
        if (!isOutput(file)) return BAD_FILE;
        // A terminal to which one may write.
        memory().writeBufferLong(LE, at, 2);
        memory().writeBufferLong(LE, at + 8, 0x40);
        memory().writeBufferLong(LE, at + 16, 0);
        return OK;
    }

    private Object write(Value... a) {
        var file = a[0].asInt();
        if (file != 1 && file != STDERR) return BAD_FILE;
        var buffers = address(a[1]);
        var count = a[2].asInt();
        if (count < 0 || count > MOST_BUFFERS) return INVALID;
        var total = 0;
        for (var i = 0; i < count; i++) {
            var at = memory().readBufferInt(LE, buffers + 8L * i) & 0xffff_ffffL;
            var length = memory().readBufferInt(LE, buffers + 8L * i + 4);
            if (length < 0 || length > MOST_BYTES) return INVALID;
            var bytes = new byte[length];
            if (length > 0) memory().readBuffer(at, bytes, 0, length);
            say(new String(bytes, StandardCharsets.UTF_8));
            total += length;
        }
        memory().writeBufferInt(LE, address(a[3]), total);
        return OK;
    }

    private void say(String text) {
        line.append(text);
        for (int end; (end = line.indexOf("\n")) >= 0; line.delete(0, end + 1)) {
            call.log(Errand.LogLevel.INFO, line.substring(0, end));
        }
        if (line.length() > LONGEST_LINE) end();
    }
}
