package io.kefuhub.api.kit;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The smallest channel that fulfils its contract: a body of {@code id|type|text}, signed with its time. What a method
 * leaves out is shown in {@link KitTest} to be found out.
 */
class SignedChannel implements Channel {
    static final SettingSpec SECRET = SettingSpec.secret("secret", "Secret");
    static final Duration STALE = Duration.ofMinutes(5);

    private final String secret;
    private final ChannelContext context;
    private final Map<String, String> sent = new LinkedHashMap<>();
    private boolean loseNext;

    SignedChannel(Settings settings, ChannelContext context) {
        this.secret = settings.text(SECRET);
        this.context = context;
    }

    record Factory() implements ChannelFactory {
        @Override
        public Description description() {
            return new Description("signed", Map.of(Language.EN, "Signed"), List.of(SECRET));
        }

        @Override
        public Channel create(Settings settings, ChannelContext context) {
            return new SignedChannel(settings, context);
        }
    }

    static String sign(String secret, String time, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(time.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Abilities abilities() {
        return Abilities.pushed(1_000).withRepeats(Abilities.Repeats.RECOGNISED);
    }

    @Override
    public Receipt receive(WebRequest request) {
        var body = read(request);
        var time = request.header("x-time").orElse("");
        if (!isGenuine(request.header("x-signature").orElse(""), time, body)) return new Receipt.Refused("signature");
        var at = Instant.ofEpochSecond(Long.parseLong(time));
        if (isStale(at)) return new Receipt.Refused("stale");
        var fields = new String(body, StandardCharsets.UTF_8).split("\\|", 3);
        return new Receipt.Accepted(List.of(message(fields[0], fields[1], fields[2], at)), WebReply.empty(200));
    }

    boolean isGenuine(String signature, String time, byte[] body) {
        return MessageDigest.isEqual(
                signature.getBytes(StandardCharsets.UTF_8),
                sign(secret, time, body).getBytes(StandardCharsets.UTF_8));
    }

    boolean isStale(Instant at) {
        return Duration.between(at, context.clock().instant()).abs().compareTo(STALE) > 0;
    }

    Incoming message(String id, String type, String text, Instant at) {
        var part = type.equals("text") ? new Part.Text(text) : new Part.Unsupported(type);
        return new Incoming(id, "t", Contact.anonymous("t"), List.of(part), at, Optional.empty());
    }

    private static byte[] read(WebRequest request) {
        try {
            return request.body().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized Delivered deliver(Delivery delivery) {
        var text = delivery.parts().stream().map(SignedChannel::words).collect(Collectors.joining("\n"));
        sent.put(key(delivery), text);
        if (!loseNext) return new Delivered.Done(delivery.id());
        loseNext = false;
        return new Delivered.Unknown("no answer", true);
    }

    String key(Delivery delivery) {
        return delivery.id();
    }

    private static String words(Part part) {
        return switch (part) {
            case Part.Text(var value) -> value;
            case Part.Media(var _, var file) -> file.name();
            case Part.Unsupported(var type) -> type;
            case Part.Menu(var value, var options) ->
                value + options.stream().map(Part.Menu.Option::text).collect(Collectors.joining("\n- ", "\n- ", ""));
        };
    }

    synchronized List<String> sent() {
        return List.copyOf(sent.values());
    }

    synchronized void loseNext() {
        loseNext = true;
    }
}
