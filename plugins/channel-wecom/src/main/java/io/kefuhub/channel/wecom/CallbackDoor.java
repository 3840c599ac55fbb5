package io.kefuhub.channel.wecom;

import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.channel.wecom.crypto.Callbacks;
import io.kefuhub.channel.wecom.crypto.Opened;
import io.kefuhub.channel.wecom.crypto.Proof;
import io.kefuhub.channel.wecom.crypto.SafeXml;
import io.kefuhub.channel.wecom.crypto.XmlElement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Lets in what the platform says at a callback address: verified first, then decrypted, then parsed. Answers the
 * verification of the address by itself, which needs nothing but the callback's own settings. Immutable.
 */
public final class CallbackDoor {
    /** Media never travel in a callback. */
    private static final int LONGEST = 256 * 1024;

    /** Found without a parser, which is for what is known to be the platform's. */
    private static final Pattern ENCRYPTED =
            Pattern.compile("<Encrypt>\\s*(?:<!\\[CDATA\\[)?\\s*([A-Za-z0-9+/=]++)\\s*(?:]]>)?\\s*</Encrypt>");

    private static final Receipt.Refused NO_XML =
            new Receipt.Refused(Localized.of("its body is not the XML that WeCom sends", "请求体不是企业微信发送的 XML"));
    private static final Receipt.Refused UNPROVEN = new Receipt.Refused(
            Localized.of("a signature, a time or a nonce is missing; it is not from WeCom", "缺少签名、时间戳或随机串，不是企业微信的回调"));

    private final Callbacks callbacks;

    public CallbackDoor(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    /** Judges a call; what is genuine goes to the one who knows what it means. */
    public Receipt receive(WebRequest request, Function<XmlElement, Receipt> meaning) {
        var proof = Proof.in(request);
        if (proof.isEmpty()) return UNPROVEN;
        return switch (request.method()) {
            case "GET" -> verification(request, proof.get());
            case "POST" -> message(request, proof.get(), meaning);
            default -> new Receipt.Refused(Localized.of("WeCom calls with GET and POST only", "企业微信只使用 GET 和 POST 回调"));
        };
    }

    /** A proxy may have made spaces of plus signs, which Base64 has and spaces it has not. */
    private Receipt verification(WebRequest request, Proof proof) {
        var echo = request.parameter("echostr").orElse("").replace(' ', '+');
        return switch (callbacks.open(proof, echo)) {
            case Opened.Genuine(var text) -> new Receipt.Answered(WebReply.text(200, text));
            case Opened.Refused(var reason) -> new Receipt.Refused(reason);
        };
    }

    private Receipt message(WebRequest request, Proof proof, Function<XmlElement, Receipt> meaning) {
        var outer = read(request);
        if (outer.length() > LONGEST)
            return new Receipt.Refused(Localized.of("it is longer than any call of WeCom's", "请求体过长"));
        var encrypted = ENCRYPTED.matcher(outer);
        if (!encrypted.find()) return NO_XML;
        return switch (callbacks.open(proof, encrypted.group(1))) {
            case Opened.Refused(var reason) -> new Receipt.Refused(reason);
            case Opened.Genuine(var text) -> {
                var whole = SafeXml.read(outer)
                        .filter(xml -> xml.text("Encrypt").strip().equals(encrypted.group(1)));
                if (whole.isEmpty()) yield NO_XML;
                yield SafeXml.read(text)
                        .map(meaning)
                        .orElseGet(() -> new Receipt.Refused(Localized.of(
                                "what is encrypted in it is not XML that may be read", "解密后的内容不是可读取的 XML")));
            }
        };
    }

    private static String read(WebRequest request) {
        try {
            return new String(request.body().readNBytes(LONGEST + 1), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }
}
