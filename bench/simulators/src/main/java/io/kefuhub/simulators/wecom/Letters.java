package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Callbacks;
import io.kefuhub.simulators.Callbacks.Delivery;
import io.kefuhub.simulators.Callbacks.Reply;
import io.kefuhub.simulators.Callbacks.Request;
import io.kefuhub.simulators.Faults;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Platform.Verified;
import io.kefuhub.simulators.Scene;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Callbacks of one surface: sealed, signed, sent up to three times; with the faults of callbacks. Safe for threads. */
final class Letters {
    /** The platform waits five seconds and sends three times in all. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final List<Duration> LADDER = List.of(Duration.ofSeconds(5), Duration.ofSeconds(5));
    private static final Duration VERIFIED_WITHIN = Duration.ofSeconds(1);

    private final Scene scene;
    private final String surface;
    private final Seal seal;

    Letters(Scene scene, String surface, Seal seal) {
        this.scene = scene;
        this.surface = surface;
        this.seal = seal;
    }

    /** XML of apps and customer service; the outer part names the company and the agent, if any. */
    void xml(String lane, String what, String agent, String inner, Consumer<Reply> done) {
        send(
                lane,
                what,
                inner,
                done,
                (cipher, _) -> "<xml><ToUserName><![CDATA[" + Corp.ID + "]]></ToUserName><AgentID><![CDATA[" + agent
                        + "]]></AgentID><Encrypt><![CDATA[" + cipher + "]]></Encrypt></xml>");
    }

    void json(String lane, String what, JsonNode inner, Consumer<Reply> done) {
        send(
                lane,
                what,
                inner.toString(),
                done,
                (cipher, _) -> Json.object().put("encrypt", cipher).toString());
    }

    /** Sent once, whatever becomes of it: the platform asks for more of an answer again anyway. */
    void poll(String lane, JsonNode inner, Consumer<Reply> done) {
        Callbacks.Letter letter = _ -> write(
                "stream",
                inner.toString(),
                (cipher, _) -> Json.object().put("encrypt", cipher).toString());
        scene.callbacks.send(new Delivery(surface, lane, "stream", List.of(), LIMIT, letter, done));
    }

    private interface Envelope {
        String around(String sealed, String inner);
    }

    private void send(String lane, String what, String inner, Consumer<Reply> done, Envelope envelope) {
        Callbacks.Letter letter = _ -> write(what, inner, envelope);
        scene.callbacks.send(new Delivery(surface, lane, what, LADDER, LIMIT, letter, done));
    }

    private Request write(String what, String inner, Envelope envelope) {
        var type = inner.startsWith("<") ? "text/xml; charset=utf-8" : "application/json; charset=utf-8";
        var used = scene.faults.strikes(Faults.FOREIGN, what) ? seal.forSomebodyElse() : seal;
        var sealed = used.close(inner);
        if (scene.faults.strikes(Faults.PLAIN, what)) {
            return Request.post(query(what, inner), type, inner);
        }
        return Request.post(query(what, sealed), type, envelope.around(sealed, inner));
    }

    private String query(String what, String sealed) {
        var seconds = scene.time.seconds();
        if (scene.faults.strikes(Faults.STALE, what))
            seconds -= Duration.ofHours(2).toSeconds();
        var timestamp = Long.toString(seconds);
        var nonce = Long.toString(ThreadLocalRandom.current().nextLong(1_000_000_000L, 4_000_000_000L));
        var signature = seal.sign(timestamp, nonce, sealed);
        if (scene.faults.strikes(Faults.BAD_SIGNATURE, what)) {
            signature = (signature.charAt(0) == '0' ? '1' : '0') + signature.substring(1);
        }
        return "msg_signature=" + signature + "&timestamp=" + timestamp + "&nonce=" + nonce;
    }

    /** What the platform does when an admin saves the address. */
    Verified verify() {
        var echo = Long.toString(ThreadLocalRandom.current().nextLong(1_000_000_000_000L, 9_999_999_999_999L));
        var sealed = seal.close(echo);
        var query = query("verify", sealed) + "&echostr=" + URLEncoder.encode(sealed, StandardCharsets.UTF_8);
        var reply = scene.callbacks.once(surface, "verify", VERIFIED_WITHIN, new Request("GET", query, Map.of(), ""));
        if (reply.status() == 0) return new Verified(false, "no answer within a second");
        if (reply.status() != 200) return new Verified(false, "answered with status " + reply.status());
        if (!reply.body().equals(echo)) return new Verified(false, "the answer is not the text that was sent");
        return new Verified(true, "");
    }

    static String id(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    }
}
