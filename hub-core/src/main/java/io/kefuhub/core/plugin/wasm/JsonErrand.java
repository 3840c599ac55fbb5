package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.core.plugin.wasm.guest.Errand;
import io.kefuhub.core.web.Json;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What a module is asked, as JSON. One thread only. */
final class JsonErrand implements Errand {
    private final ObjectNode envelope;
    private final Map<String, String> settings;
    private final BiConsumer<LogLevel, String> log;

    JsonErrand(ObjectNode envelope, Map<String, String> settings, BiConsumer<LogLevel, String> log) {
        this.envelope = envelope;
        this.settings = settings;
        this.log = log;
    }

    /** The same question, of which nothing is logged. */
    JsonErrand quiet() {
        return new JsonErrand(envelope, settings, (_, _) -> {});
    }

    @Override
    public byte[] input() {
        return Json.bytes(envelope);
    }

    @Override
    public Optional<String> field(String pointer) {
        try {
            var found = envelope.at(pointer);
            if (found.isMissingNode()) return Optional.empty();
            return Optional.of(found.isValueNode() ? found.asText() : found.toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> setting(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    @Override
    public void log(LogLevel level, String line) {
        log.accept(level, line);
    }
}
