package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.Settings;
import io.kefuhub.core.plugin.wasm.guest.Guests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** The module of the tests that asks for the call it is told to and answers with what comes back. */
final class Mapping {
    static final String KEY = "sk-secret";
    static final String ORDER = """
            {"http": {"url": "{{address}}/ask", "headers": {"Authorization": "Bearer {{api-key}}"}, "body": {"q": "{{api-key}}"}}}""";

    private static final String MANIFEST = """
            {"name": "mapping", "settings": [
              {"key": "order"}, {"key": "address", "type": "address", "default": "https://there.test"},
              {"key": "api-key", "type": "secret"}]}""";

    static final LiveModule MODULE = load();

    private Mapping() {}

    private static LiveModule load() {
        try {
            var folder = Files.createTempDirectory("mapping");
            Files.writeString(folder.resolve("mapping.json"), MANIFEST);
            return Examples.live(Files.write(folder.resolve("mapping.wasm"), Guests.bytes("mapping")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param order empty for a module that traps when it is asked */
    static Settings settings(String order) {
        var settings = new HashMap<>(Map.of("api-key", KEY));
        if (!order.isEmpty()) settings.put("order", order);
        return Settings.of(settings);
    }
}
