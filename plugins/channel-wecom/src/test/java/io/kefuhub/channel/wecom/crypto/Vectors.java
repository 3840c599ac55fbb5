package io.kefuhub.channel.wecom.crypto;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The published and the cross-checked examples of the platform's cipher. */
record Vectors(List<Callback> callbacks, JsonObject media, JsonObject page) {
    /** One callback; the plain text is empty where it was not published. */
    record Callback(
            String name,
            String token,
            String aesKey,
            Proof proof,
            String random,
            String receiveId,
            String plain,
            String encrypted) {
        private static Callback of(JsonObject json) {
            return new Callback(
                    json.text("name", ""),
                    json.text("token", ""),
                    json.text("encodingAesKey", ""),
                    new Proof(json.text("signature", ""), json.text("timestamp", ""), json.text("nonce", "")),
                    json.text("random", ""),
                    json.text("receiveId", ""),
                    json.text("plain", ""),
                    json.text("encrypt", ""));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Vectors read() {
        try (var in = Vectors.class.getResourceAsStream("vectors.json")) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var wecom = Json.object(text).flatMap(all -> all.object("wecom")).orElseThrow();
            return new Vectors(
                    wecom.objects("callback").stream().map(Callback::of).toList(),
                    wecom.object("media").orElseThrow(),
                    wecom.object("jsapi").orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
