package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.core.plugin.wasm.guest.CustomSection;
import io.kefuhub.core.plugin.wasm.guest.WasmGate;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A module with its manifest inside it, in a section that engines pass over: so both are one file, with one hash, and
 * travel, are kept and come back together.
 */
final class ModuleFile {
    static final String SECTION = "kefuhub-manifest";

    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final int LONGEST_NAME = 40;

    private ModuleFile() {}

    /**
     * Puts the manifest into the module, and a name into the manifest where it has none. What is no module stays as it is,
     * for the gate to refuse.
     *
     * @param beside what lies beside the file; it counts more than what is inside
     */
    static byte[] pack(String fileName, byte[] module, Optional<byte[]> beside) {
        if (!WasmGate.isModule(module)) return module;
        var manifest = beside.or(() -> CustomSection.find(module, SECTION)).orElse(EMPTY);
        return CustomSection.put(module, SECTION, named(manifest, fileName));
    }

    static byte[] manifest(byte[] packed) {
        return CustomSection.find(packed, SECTION).orElse(EMPTY);
    }

    /** What is no JSON object stays as it is, for its reader to refuse. */
    private static byte[] named(byte[] manifest, String fileName) {
        try {
            if (!(Json.read(manifest, JsonNode.class) instanceof ObjectNode object) || object.has("name")) {
                return manifest;
            }
            object.put("name", name(fileName));
            return Json.bytes(object);
        } catch (IOException e) {
            return manifest;
        }
    }

    private static String name(String fileName) {
        var plain = fileName.replaceFirst("\\.wasm$", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+|-+$", "");
        if (plain.isEmpty()) return "module";
        return plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    }
}
