package io.kefuhub.channel.feishu.message;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.message.Part;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a button of a menu carries. It comes back by way of the customer's device, so it is signed. Immutable; names no
 * secret.
 */
public final class Choices {
    private static final String PURPOSE = "kefuhub menu ";

    private final SecretKeySpec key;

    public Choices(String appSecret) {
        this.key = new SecretKeySpec((PURPOSE + appSecret).getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /**
     * A thing that was chosen.
     *
     * @param thread whom it was offered to
     * @param delivery with which reply
     */
    public record Choice(String thread, String delivery, String option, String text) {}

    public String write(String thread, String delivery, Part.Menu.Option option) {
        var json = Json.write(Map.of("t", thread, "d", delivery, "o", option.id(), "x", option.text()));
        var payload = encoded(json.getBytes(StandardCharsets.UTF_8));
        return payload + "." + encoded(mac(payload));
    }

    /** Reads what {@link #write} wrote, and nothing else. */
    Optional<Choice> read(String value) {
        var dot = value.indexOf('.');
        if (dot < 0) return Optional.empty();
        var payload = value.substring(0, dot);
        var given = value.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(encoded(mac(payload)).getBytes(StandardCharsets.UTF_8), given)) {
            return Optional.empty();
        }
        var json = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
        return Json.object(json)
                .map(one -> new Choice(one.text("t", ""), one.text("d", ""), one.text("o", ""), one.text("x", "")));
    }

    private byte[] mac(String payload) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(payload.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
