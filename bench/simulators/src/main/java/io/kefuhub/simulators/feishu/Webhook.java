package io.kefuhub.simulators.feishu;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Callbacks;
import io.kefuhub.simulators.Faults;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Platform.Verified;
import io.kefuhub.simulators.Scene;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Events posted to the hub's address, sealed and signed. Safe for threads. */
final class Webhook implements Road {
    static final List<Duration> LADDER =
            List.of(Duration.ofSeconds(15), Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(6));

    static final String UNSIGNED = "unsigned";
    static final String TAMPERED = "tampered";
    static final String WRONG_TOKEN = "wrong-token";
    static final String OLD_SIGNATURE = "old-signature";

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration CHALLENGE_LIMIT = Duration.ofSeconds(1);
    private static final Duration STALE = Duration.ofHours(9);
    private static final String FOREIGN_APP = "cli_ffffffffffffffff";

    private final Scene scene;
    private final String surface;
    private final Supplier<App> app;
    private final SecureRandom random = new SecureRandom();

    private record Stamp(String timestamp, String nonce) {}

    Webhook(Scene scene, String surface, Supplier<App> app) {
        this.scene = scene;
        this.surface = surface;
        this.app = app;
    }

    @Override
    public void carry(String lane, ObjectNode event) {
        var what = Events.type(event);
        var first = stamp();
        scene.callbacks.send(new Callbacks.Delivery(
                surface,
                lane,
                what,
                LADDER,
                LIMIT,
                attempt -> letter(what, event, attempt == 0 || strikes(OLD_SIGNATURE, what) ? first : stamp()),
                _ -> {}));
    }

    @Override
    public Optional<JsonNode> ask(ObjectNode callback) {
        var what = Events.type(callback);
        var reply = scene.callbacks.once(surface, what, LIMIT, letter(what, callback, stamp()));
        return reply.accepted() ? tree(reply.body()) : Optional.empty();
    }

    @Override
    public void close() {}

    /** The challenge, which must come back within a second. */
    Verified verify() {
        var challenge = hex(16);
        var what = "url_verification";
        var question = Json.object()
                .put("challenge", challenge)
                .put("token", token(what))
                .put("type", what);
        var reply = scene.callbacks.once(surface, what, CHALLENGE_LIMIT, sealed(what, question, stamp()));
        if (reply.status() == 0) return new Verified(false, "no answer within one second");
        if (!reply.accepted()) return new Verified(false, "the hub answered " + reply.status());
        var answered =
                tree(reply.body()).map(body -> body.path("challenge").asText()).orElse("");
        if (!answered.equals(challenge)) return new Verified(false, "the answer does not hold the challenge");
        return new Verified(true, "");
    }

    private Callbacks.Request letter(String what, ObjectNode event, Stamp stamp) {
        var told = event.deepCopy();
        told.withObject("/header").put("token", token(what));
        if (strikes(Faults.FOREIGN, what)) told.withObject("/header").put("app_id", FOREIGN_APP);
        return sealed(what, told, stamp);
    }

    private Callbacks.Request sealed(String what, ObjectNode plain, Stamp usual) {
        var key = app.get().encryptKey();
        if (key.isEmpty()) return request(plain.toString(), Map.of());
        var seal = new Seal(key);
        var iv = new byte[Seal.IV_BYTES];
        random.nextBytes(iv);
        var body = strikes(Faults.PLAIN, what)
                ? plain.toString()
                : Json.object()
                        .put("encrypt", seal.encrypt(iv, plain.toString().getBytes(UTF_8)))
                        .toString();
        var stamp = strikes(Faults.STALE, what)
                ? new Stamp(Long.toString(scene.time.seconds() - STALE.toSeconds()), usual.nonce())
                : usual;
        var signature = seal.signature(stamp.timestamp(), stamp.nonce(), body.getBytes(UTF_8));
        if (strikes(Faults.BAD_SIGNATURE, what)) signature = hex(64);
        if (strikes(TAMPERED, what)) body += " ";
        if (strikes(UNSIGNED, what)) return request(body, Map.of());
        return request(
                body,
                Map.of(
                        "X-Lark-Request-Timestamp",
                        stamp.timestamp(),
                        "X-Lark-Request-Nonce",
                        stamp.nonce(),
                        "X-Lark-Signature",
                        signature));
    }

    private static Callbacks.Request request(String body, Map<String, String> signed) {
        var headers = new LinkedHashMap<>(signed);
        headers.put("Content-Type", "application/json; charset=utf-8");
        return new Callbacks.Request("POST", "", headers, body);
    }

    private String token(String what) {
        return strikes(WRONG_TOKEN, what)
                ? "NotTheVerificationToken"
                : app.get().verificationToken();
    }

    private boolean strikes(String fault, String what) {
        return scene.faults.strikes(fault, what);
    }

    private Stamp stamp() {
        return new Stamp(Long.toString(scene.time.seconds()), hex(8));
    }

    private String hex(int digits) {
        var text = new StringBuilder();
        while (text.length() < digits) text.append(String.format("%08x", random.nextInt()));
        return text.substring(0, digits);
    }

    private static Optional<JsonNode> tree(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Json.MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
