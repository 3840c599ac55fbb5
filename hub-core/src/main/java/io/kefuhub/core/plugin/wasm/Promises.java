package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.kit.Broken;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.plugin.wasm.AskedModule.Said;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What is asked of an answer in more than one contract; what is not so is {@link Broken}. */
final class Promises {
    /** What people write, and what filters put in its place. */
    static final String SAID = "Parcel [PHONE_1] {order} \"quoted\" \\ 你好 👩‍👩‍👧\nsecond line";

    private static final int LONGEST = 300;

    private Promises() {}

    /** An answer that can be used. */
    static AnswerNode answer(Said said) {
        return switch (said) {
            case Said.Answered(var answer) -> answer;
            case Said.Failed failed -> throw broken("it fails: " + failed, "它失败了：" + failed);
        };
    }

    /** Whether it failed in words of its own, and not by running into something. */
    static boolean isTold(Said said) {
        return said instanceof Said.Failed(var fault) && fault.kind() == WasmFault.Kind.ERROR;
    }

    /** A call that the hub would make. */
    static HttpOrder order(AskedModule module, AnswerNode http) {
        try {
            var order = HttpOrder.read(http);
            var uri = order.request(module.settings().all(), Duration.ofSeconds(1))
                    .address();
            if (!mayCall(module, uri)) {
                throw broken(
                        "it wants " + uri.getHost()
                                + " called, which is neither in its hosts nor an address that is set",
                        "它想调用 " + uri.getHost() + "，而该主机既不在 hosts 中，也不是所设的地址");
            }
            return order;
        } catch (WasmFault e) {
            throw broken("the hub cannot make its call: " + e.getMessage(), "本系统无法发出它的调用：" + e.getMessage());
        }
    }

    private static boolean mayCall(AskedModule module, URI uri) {
        var hosts = new ArrayList<>(module.manifest().permissions().hosts().entries());
        for (var spec : module.manifest().settings()) {
            var value = module.settings().all().getOrDefault(spec.key(), "");
            if (spec.type() == SettingSpec.Type.ADDRESS && !value.isEmpty()) {
                hosts.add(URI.create(value).getHost());
            }
        }
        return AllowedHosts.of(hosts).allow(uri.getHost(), uri.getPort());
    }

    /** What was said goes out letter by letter. */
    static void handsOn(HttpOrder order, String said) {
        if (leaves(order).stream().anyMatch(text -> text.contains(said))) return;
        throw broken(
                "what was said is not in its call as it was: " + said + "\n" + shown(order.body()),
                "它的调用中没有原样的内容：" + said + "\n" + shown(order.body()));
    }

    private static List<String> leaves(HttpOrder order) {
        var texts = new ArrayList<String>();
        try {
            collect(Json.read(order.body().getBytes(StandardCharsets.UTF_8), JsonNode.class), texts);
        } catch (IOException e) {
            texts.add(order.body());
            texts.add(decoded(order.body()));
        }
        texts.add(decoded(order.url()));
        return texts;
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isTextual()) texts.add(node.textValue());
        StreamSupport.stream(node.spliterator(), false).forEach(one -> collect(one, texts));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    static void unless(boolean kept, String en, String zh) {
        if (!kept) throw broken(en, zh);
    }

    static Broken broken(String en, String zh) {
        return Broken.inWords(en, zh);
    }

    static String shown(Object answer) {
        var text = answer.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
