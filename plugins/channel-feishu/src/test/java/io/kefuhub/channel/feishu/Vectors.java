package io.kefuhub.channel.feishu;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The platform's vectors, as data. */
public final class Vectors {
    private Vectors() {}

    public static JsonObject feishu() {
        try (var in = Vectors.class.getResourceAsStream("/vectors.json")) {
            if (in == null) throw new IllegalStateException("vectors.json is missing");
            return Json.object(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .flatMap(all -> all.object("feishu"))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
