package io.kefuhub.core.plugin.wasm.guest;

import io.kefuhub.core.plugin.wasm.guest.ModuleBytes.Malformed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads and writes what a module carries beside its code, under a name. Engines pass over it. */
public final class CustomSection {
    private static final int HEADER = 8;

    private CustomSection() {}

    /** Finds the content of the first section of this name; nothing in what is no module. */
    public static Optional<byte[]> find(byte[] module, String name) {
        if (!WasmGate.isModule(module)) return Optional.empty();
        try {
            var bytes = new ModuleBytes(module);
            for (var i = 0; i < HEADER; i++) bytes.u8();
            while (bytes.hasMore()) {
                var id = bytes.u8();
                var section = bytes.sized();
                if (id == 0 && section.name().equals(name)) return Optional.of(section.rest());
            }
        } catch (Malformed e) {
            // Whoever takes the module in says what is wrong with it.
        }
        return Optional.empty();
    }

    /** Returns the module with this section at its end and no other of its name. */
    public static byte[] put(byte[] module, String name, byte[] content) {
        var out = new ByteArrayOutputStream(module.length + content.length + 32);
        out.writeBytes(without(module, name));
        var named = new ByteArrayOutputStream();
        var letters = name.getBytes(StandardCharsets.UTF_8);
        ModuleBytes.writeU32(named, letters.length);
        named.writeBytes(letters);
        named.writeBytes(content);
        out.write(0);
        ModuleBytes.writeU32(out, named.size());
        out.writeBytes(named.toByteArray());
        return out.toByteArray();
    }

    /** Returns the module without sections of this name, and as it is where it cannot be read. */
    public static byte[] without(byte[] module, String name) {
        if (!WasmGate.isModule(module)) return module;
        var out = new ByteArrayOutputStream(module.length);
        try {
            var bytes = new ModuleBytes(module);
            for (var i = 0; i < HEADER; i++) out.write(bytes.u8());
            while (bytes.hasMore()) {
                var from = module.length - bytes.left();
                var id = bytes.u8();
                var section = bytes.sized();
                if (id == 0 && section.name().equals(name)) continue;
                out.write(module, from, module.length - bytes.left() - from);
            }
            return out.toByteArray();
        } catch (Malformed e) {
            return module;
        }
    }
}
