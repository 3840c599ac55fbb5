package io.kefuhub.channel.wecom;

import io.kefuhub.api.kit.Requests;
import io.kefuhub.channel.wecom.crypto.CallbackKey;
import io.kefuhub.channel.wecom.crypto.Callbacks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Calls as the platform makes them. */
public final class Sealing {
    public static final String CORP = "ww1a2b3c4d5e6f7081";
    public static final String TOKEN = "HubTestToken2026";
    public static final String AES_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlBQkNERUY";
    private static final String PATH = "/webhooks/wecom-1";

    private Sealing() {}

    /** The settings of an account that both kinds have. */
    public static Map<String, String> values(String address) {
        return Map.of("corp-id", CORP, "secret", "s3cret-2026", "token", TOKEN, "aes-key", AES_KEY, "address", address);
    }

    public static Requests call(String inner, Instant at) {
        var sealed = sealed(CORP, inner, at);
        return signed(
                Requests.post(
                        PATH,
                        "<xml><ToUserName><![CDATA[" + CORP + "]]></ToUserName><Encrypt><![CDATA[" + sealed.encrypted()
                                + "]]></Encrypt><AgentID><![CDATA[1000002]]></AgentID></xml>"),
                sealed);
    }

    public static Requests verification(String corp, String echo, Instant at) {
        var sealed = sealed(corp, echo, at);
        return signed(Requests.get(PATH).withQuery("echostr", sealed.encrypted()), sealed);
    }

    /** The same content in the open, with the proof of the sealed one. */
    public static Requests plaintext(String inner, Instant at) {
        return signed(Requests.post(PATH, inner), sealed(CORP, inner, at));
    }

    public static Requests forCorp(String corp, String inner, Instant at) {
        var sealed = sealed(corp, inner, at);
        return signed(Requests.post(PATH, "<xml><Encrypt>" + sealed.encrypted() + "</Encrypt></xml>"), sealed);
    }

    private static Requests signed(Requests call, Callbacks.Sealed sealed) {
        return call.withQuery("msg_signature", sealed.signature())
                .withQuery("timestamp", sealed.timestamp())
                .withQuery("nonce", sealed.nonce());
    }

    private static Callbacks.Sealed sealed(String corp, String text, Instant at) {
        var key = CallbackKey.parse(AES_KEY).orElseThrow();
        return new Callbacks(TOKEN, key, corp, InstantSource.fixed(at)).seal(text);
    }
}
