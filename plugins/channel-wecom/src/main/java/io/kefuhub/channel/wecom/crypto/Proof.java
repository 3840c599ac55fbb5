package io.kefuhub.channel.wecom.crypto;

import io.kefuhub.api.web.WebRequest;
import java.util.Optional;

/** What a call brings in its address to prove itself genuine. Nothing of it is verified. Immutable. */
public record Proof(String signature, String timestamp, String nonce) {
    /** Returns the proof that a call brings; empty where a part of it is missing. */
    public static Optional<Proof> in(WebRequest request) {
        var signature = request.parameter("msg_signature").orElse("");
        var timestamp = request.parameter("timestamp").orElse("");
        var nonce = request.parameter("nonce").orElse("");
        if (signature.isEmpty() || timestamp.isEmpty() || nonce.isEmpty()) return Optional.empty();
        return Optional.of(new Proof(signature, timestamp, nonce));
    }
}
