package io.kefuhub.api.kit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Ways to change a call that its receiver must notice. */
final class Tampering {
    private Tampering() {}

    static Requests unsigned(Requests call, Set<String> proof) {
        var bare = call;
        for (var name : proof) bare = without(bare, name);
        return bare;
    }

    /** Each way on its own: one proof missing, one proof changed by a character, one bit of the body changed. */
    static List<Requests> everyWay(Requests call, Set<String> proof) {
        var ways = new ArrayList<Requests>();
        for (var name : proof) {
            ways.add(without(call, name));
            ways.add(changed(call, name));
        }
        var length = call.body().length;
        for (var at : Set.of(0, length / 2, Math.max(0, length - 1))) {
            if (length > 0) ways.add(call.withBody(flipped(call.body(), at)));
        }
        return ways;
    }

    /** What breaks parsers, or has them do something. */
    static List<byte[]> hostileBodies() {
        return List.of(
                new byte[0],
                new byte[] {(byte) 0xC3, 0x28, 0, (byte) 0xFF},
                bytes("[".repeat(100_000)),
                bytes("{\"a\":".repeat(50_000)),
                bytes("{\"encrypt\":\"" + "A".repeat(2_000_000) + "\"}"),
                bytes("{\"encrypt\":{\"encrypt\":[1e999999999]}}"),
                bytes("<!DOCTYPE x [<!ENTITY a \"" + "a".repeat(1_000) + "\"><!ENTITY b \"" + "&a;".repeat(1_000)
                        + "\">]><xml><Encrypt>" + "&b;".repeat(1_000) + "</Encrypt></xml>"),
                bytes("<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><xml><Encrypt>&f;</Encrypt></xml>"),
                bytes("<xml>".repeat(50_000)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Requests without(Requests call, String name) {
        var query = new HashMap<>(call.query());
        query.remove(name);
        return new Requests(call.method(), call.path(), call.rest(), query, call.headers(), call.body())
                .withoutHeader(name);
    }

    private static Requests changed(Requests call, String name) {
        var values = call.query().get(name);
        if (values != null) return call.withQuery(name, changed(values.getFirst()));
        var header = call.headers().get(name.toLowerCase(Locale.ROOT));
        if (header == null) throw new IllegalArgumentException("the call has no " + name);
        return call.withHeader(name, changed(header));
    }

    private static String changed(String proof) {
        if (proof.isEmpty()) return "x";
        var first = proof.charAt(0);
        return (first == '1' ? '2' : '1') + proof.substring(1);
    }

    private static byte[] flipped(byte[] body, int at) {
        var copy = body.clone();
        copy[at] ^= 1;
        return copy;
    }
}
