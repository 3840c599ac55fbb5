package io.kefuhub.core.plugin.wasm.guest;

import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.wasm.guest.ModuleBytes.Malformed;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges a module by its sections before any engine sees it, and rewrites the limits of its memory and tables, so that the
 * engine itself keeps them. It does not check code: the engine does. One module only.
 */
public final class WasmGate {
    private static final int HEADER = 8;
    private static final byte[] MAGIC = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final int CUSTOM = 0;
    private static final int TYPES = 1;
    private static final int IMPORTS = 2;
    private static final int FUNCTIONS = 3;
    private static final int TABLES = 4;
    private static final int MEMORIES = 5;
    private static final int EXPORTS = 7;
    private static final int FUNCTION_TYPE = 0x60;
    private static final int MOST_TABLES = 8;
    private static final int MOST_TYPES = 10_000;
    private static final int MOST_FUNCTIONS = 100_000;

    private final Limits limits;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Signature> types = new ArrayList<>();
    private final List<Integer> functionTypes = new ArrayList<>();
    private final List<String> imports = new ArrayList<>();
    private final Map<String, Integer> exported = new HashMap<>();
    private int tables;
    private int memories;
    private long memoryPages;
    private long mostPages;

    private WasmGate(Limits limits) {
        this.limits = limits;
    }

    /** Whether these are the first bytes of a module. */
    public static boolean isModule(byte[] bytes) {
        if (bytes.length < HEADER) return false;
        for (var i = 0; i < HEADER; i++) {
            if (bytes[i] != MAGIC[i]) return false;
        }
        return true;
    }

    /** @throws RefusedException with the first reason found against it */
    public static Gated read(byte[] module, Limits limits) throws RefusedException {
        if (module.length > limits.fileBytes()) {
            throw new RefusedException(Why.FILE_TOO_LARGE, limits.fileBytes() >> 20);
        }
        if (!isModule(module)) throw new RefusedException(Why.NOT_WASM);
        try {
            return new WasmGate(limits).read(new ModuleBytes(module));
        } catch (Malformed e) {
            throw new RefusedException(Why.WASM_DAMAGED, String.valueOf(e.getMessage()));
        }
    }

    private Gated read(ModuleBytes module) throws RefusedException {
        for (var i = 0; i < HEADER; i++) out.write(module.u8());
        while (module.hasMore()) {
            var id = module.u8();
            var section = module.sized();
            if (id == CUSTOM) continue;
            var body = switch (id) {
                case TYPES, IMPORTS, FUNCTIONS, EXPORTS -> looked(id, section);
                case TABLES -> tables(section);
                case MEMORIES -> memories(section);
                default -> section.rest();
            };
            if (section.hasMore()) throw new Malformed("a section is longer than what is in it");
            out.write(id);
            ModuleBytes.writeU32(out, body.length);
            out.writeBytes(body);
        }
        return new Gated(out.toByteArray(), imports, functions(), (int) memoryPages, (int) mostPages);
    }

    /** What is only looked at goes on as it is; it is written again from where it began. */
    private byte[] looked(int id, ModuleBytes section) throws RefusedException {
        var copy = section.rest();
        var body = new ModuleBytes(copy);
        switch (id) {
            case TYPES -> types(body);
            case IMPORTS -> imports(body);
            case FUNCTIONS -> functions(body);
            default -> exports(body);
        }
        if (body.hasMore()) throw new Malformed("a section is longer than what is in it");
        return copy;
    }

    private void types(ModuleBytes body) {
        for (var count = count(body, MOST_TYPES); count > 0; count--) {
            if (body.u8() != FUNCTION_TYPE) throw new Malformed("it has a type that is no function");
            types.add(new Signature(values(body), values(body)));
        }
    }

    private static String values(ModuleBytes body) {
        var letters = new StringBuilder();
        for (var count = count(body, 1_000); count > 0; count--) letters.append(Signature.letter(body.u8()));
        return letters.toString();
    }

    private static long count(ModuleBytes body, int most) {
        var count = body.u32();
        if (count > most) throw new Malformed("it has more than " + most + " of something");
        return count;
    }

    private void imports(ModuleBytes body) throws RefusedException {
        for (var count = count(body, MOST_TYPES); count > 0; count--) {
            var module = body.name();
            var name = body.name();
            var wanted = module + " " + name;
            if (body.u8() != 0) throw new RefusedException(Why.WASM_IMPORTS_DATA, wanted);
            var index = (int) body.u32();
            var type = type(index);
            var offered = Offered.find(module, name)
                    .orElseThrow(() -> new RefusedException(Why.WASM_UNKNOWN_IMPORT, wanted, Offered.modules()));
            if (!offered.equals(type)) throw new RefusedException(Why.WASM_OTHER_IMPORT, wanted, type, offered);
            imports.add(wanted);
            functionTypes.add(index);
        }
    }

    private Signature type(int index) {
        if (index < 0 || index >= types.size()) throw new Malformed("a function has a type that is not there");
        return types.get(index);
    }

    private void functions(ModuleBytes body) {
        for (var count = count(body, MOST_FUNCTIONS); count > 0; count--) functionTypes.add((int) body.u32());
    }

    private void exports(ModuleBytes body) {
        for (var count = count(body, MOST_FUNCTIONS); count > 0; count--) {
            var name = body.name();
            var kind = body.u8();
            var index = (int) body.u32();
            if (kind == 0) exported.put(name, index);
        }
    }

    private Map<String, Gated.FunctionType> functions() {
        var functions = new TreeMap<String, Gated.FunctionType>();
        exported.forEach((name, index) -> {
            if (index < 0 || index >= functionTypes.size()) throw new Malformed("it exports what is not there");
            var type = type(functionTypes.get(index));
            var isEntry = type.parameters().isEmpty()
                    && (type.results().isEmpty() || type.results().equals("i"));
            functions.put(name, isEntry ? Gated.FunctionType.ENTRY : Gated.FunctionType.OTHER);
        });
        return functions;
    }

    private byte[] tables(ModuleBytes body) throws RefusedException {
        var rewritten = new ByteArrayOutputStream();
        var count = count(body, MOST_TABLES);
        tables += (int) count;
        if (tables > MOST_TABLES) throw new Malformed("it has more than " + MOST_TABLES + " tables");
        ModuleBytes.writeU32(rewritten, count);
        for (; count > 0; count--) {
            rewritten.write(body.u8());
            limit(body, rewritten, limits.tableEntries(), Why.WASM_TABLE_TOO_LARGE);
        }
        return rewritten.toByteArray();
    }

    private byte[] memories(ModuleBytes body) throws RefusedException {
        var rewritten = new ByteArrayOutputStream();
        var count = count(body, MOST_TYPES);
        memories += (int) count;
        if (memories > 1) throw new RefusedException(Why.WASM_OTHER_MEMORY, "more than one");
        ModuleBytes.writeU32(rewritten, count);
        for (; count > 0; count--) {
            var range = limit(body, rewritten, limits.memoryPages(), Why.WASM_MEMORY_TOO_LARGE);
            memoryPages = range[0];
            mostPages = range[1];
        }
        return rewritten.toByteArray();
    }

    private static long[] limit(ModuleBytes body, ByteArrayOutputStream rewritten, int cap, Why tooLarge)
            throws RefusedException {
        var flag = body.u8();
        if (flag > 1) {
            throw new RefusedException(
                    Why.WASM_OTHER_MEMORY, (flag & 4) != 0 ? "64-bit" : (flag & 2) != 0 ? "shared" : flag);
        }
        var least = body.u32();
        var most = flag == 1 ? body.u32() : Long.MAX_VALUE;
        if (most < least) throw new Malformed("a limit is smaller than what it begins with");
        if (least > cap) throw new RefusedException(tooLarge, least, cap);
        most = Math.min(most, cap);
        rewritten.write(1);
        ModuleBytes.writeU32(rewritten, least);
        ModuleBytes.writeU32(rewritten, most);
        return new long[] {least, most};
    }
}
