package io.kefuhub.bench.wasm;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Chicory, an engine written in Java, with its compiler to byte code. */
final class ChicoryPeer implements Peer {
    private static final int ROOM = 1 << 20;

    private final Question question;
    private final WasmModule module;
    private final Function<Instance, Machine> machines;
    private final ImportValues imports;
    private final ByteBuffer bytes = ByteBuffer.allocate(ROOM).order(ByteOrder.LITTLE_ENDIAN);
    private @Nullable Instance kept;
    private int top;
    private int inputBlock;
    private int outAt;
    private int outSize;

    private interface Body {
        long of(long[] a);
    }

    ChicoryPeer(Question question) {
        this.question = question;
        module = Parser.parse(question.module());
        machines = MachineFactoryCompiler.compile(module);
        var functions = new ArrayList<ImportFunction>();
        add(functions, "alloc", "I", "I", a -> alloc((int) a[0]));
        add(functions, "free", "I", "", _ -> 0);
        add(functions, "length", "I", "I", a -> bytes.getLong((int) a[0] - 8));
        add(functions, "load_u8", "I", "i", a -> bytes.get(inside(a[0], 1)) & 0xff);
        add(functions, "load_u64", "I", "I", a -> bytes.getLong(inside(a[0], 8)));
        add(
                functions,
                "store_u8",
                "Ii",
                "",
                a -> bytes.put(inside(a[0], 1), (byte) a[1]).limit());
        add(
                functions,
                "store_u64",
                "II",
                "",
                a -> bytes.putLong(inside(a[0], 8), a[1]).limit());
        add(functions, "input_length", "", "I", _ -> question.input().length);
        add(functions, "input_load_u8", "I", "i", a -> bytes.get(inputBlock() + (int) a[0]) & 0xff);
        add(functions, "input_load_u64", "I", "I", a -> bytes.getLong(inputBlock() + (int) a[0]));
        add(functions, "output_set", "II", "", a -> {
            outAt = (int) a[0];
            outSize = (int) a[1];
            return 0;
        });
        add(functions, "config_get", "I", "I", _ -> put(question.words().getBytes(StandardCharsets.UTF_8)));
        add(functions, "log_info", "I", "", _ -> 0);
        add(functions, "log_warn", "I", "", _ -> 0);
        functions.add(new HostFunction("extism:host/user", "hub_field", type("I", "I"), (_, _) -> new long[] {0}));
        functions.add(new HostFunction("env", "abort", type("iiii", ""), (_, _) -> {
            throw new IllegalStateException("abort");
        }));
        imports = ImportValues.builder()
                .addFunction(functions.toArray(ImportFunction[]::new))
                .build();
    }

    private static void add(List<ImportFunction> functions, String name, String in, String out, Body body) {
        functions.add(new HostFunction("extism:host/env", name, type(in, out), (_, a) -> {
            var result = body.of(a);
            return out.isEmpty() ? new long[0] : new long[] {result};
        }));
    }

    private static FunctionType type(String in, String out) {
        return FunctionType.of(types(in), types(out));
    }

    private static List<ValType> types(String letters) {
        return letters.chars()
                .mapToObj(letter -> letter == 'I' ? ValType.I64 : ValType.I32)
                .toList();
    }

    private int inside(long at, int size) {
        if (at < 8 || at + size > top) throw new IllegalStateException("out of bounds");
        return (int) at;
    }

    private int alloc(int size) {
        var block = (top + 7) / 8 * 8 + 8;
        Arrays.fill(bytes.array(), block, block + size, (byte) 0);
        bytes.putLong(block - 8, size);
        top = block + size;
        return block;
    }

    private int put(byte[] content) {
        var block = alloc(content.length);
        bytes.put(block, content);
        return block;
    }

    private int inputBlock() {
        if (inputBlock == 0) inputBlock = put(question.input());
        return inputBlock;
    }

    @Override
    public String name() {
        return "Chicory's compiler";
    }

    @Override
    public long[] ask(int calls, boolean fresh) {
        var took = new long[calls];
        for (var i = 0; i < calls; i++) {
            var began = System.nanoTime();
            var said = ask(fresh);
            took[i] = System.nanoTime() - began;
            if (i == 0) question.check(said);
        }
        return took;
    }

    private byte[] ask(boolean fresh) {
        top = 8;
        inputBlock = 0;
        outSize = 0;
        var instance = fresh ? instance() : keptInstance();
        if (instance.export("on_message").apply()[0] != 0) throw new IllegalStateException("it failed");
        return Arrays.copyOfRange(bytes.array(), outAt, outAt + outSize);
    }

    private Instance keptInstance() {
        var now = kept;
        if (now == null) kept = now = instance();
        return now;
    }

    private Instance instance() {
        return Instance.builder(module)
                .withImportValues(imports)
                .withMachineFactory(machines)
                .build();
    }
}
