package io.kefuhub.api.kit;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Description;
import io.kefuhub.api.Files;
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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The smallest channel that fulfils its contract: a body of {@code receiver|customer|id|type|text}, signed with its time.
 * What a method leaves out is shown in {@link ChannelKitTest} to be found out.
 */
class SignedChannel implements Channel {
    static final SettingSpec SECRET = SettingSpec.secret("secret", "Secret");
    static final Duration STALE = Duration.ofMinutes(5);
    private static final long LARGEST = 100L << 20;
    private static final int NONE = -1;

    private final String secret;
    private final ChannelContext context;
    private final SmallPlatform platform;
    private int token = NONE;

    SignedChannel(Settings settings, ChannelContext context, SmallPlatform platform) {
        this.secret = settings.text(SECRET);
        this.context = context;
        this.platform = platform;
    }

    /** Makes channels that speak to one platform. */
    interface Making {
        SignedChannel make(Settings settings, ChannelContext context, SmallPlatform platform);
    }

    record Factory() implements ChannelFactory {
        @Override
        public Description description() {
            return new Description("signed", Map.of(Language.EN, "Signed"), List.of(SECRET));
        }

        @Override
        public Channel create(Settings settings, ChannelContext context) {
            return new SignedChannel(settings, context, new SmallPlatform());
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
        var body = bodyOf(request);
        var time = request.header("x-time").orElse("");
        if (!isGenuine(request.header("x-signature").orElse(""), time, body)) return new Receipt.Refused("signature");
        var at = Instant.ofEpochSecond(Long.parseLong(time));
        if (isStale(at)) return new Receipt.Refused("stale");
        var fields = new String(body, StandardCharsets.UTF_8).split("\\|", 5);
        if (!isOurs(fields[0])) return new Receipt.Refused("for another");
        return new Receipt.Accepted(
                List.of(message(fields[1], fields[2], fields[3], fields[4], at)), WebReply.empty(200));
    }

    boolean isOurs(String receiver) {
        return receiver.equals("us");
    }

    boolean isGenuine(String signature, String time, byte[] body) {
        return MessageDigest.isEqual(
                signature.getBytes(StandardCharsets.UTF_8),
                sign(secret, time, body).getBytes(StandardCharsets.UTF_8));
    }

    boolean isStale(Instant at) {
        return Duration.between(at, context.clock().instant()).abs().compareTo(STALE) > 0;
    }

    Incoming message(String customer, String id, String type, String text, Instant at) {
        var part = switch (type) {
            case "text" -> new Part.Text(text);
            case "file" -> file();
            default -> new Part.Unsupported(type);
        };
        return new Incoming(id, customer, Contact.anonymous(customer), List.of(part), at, Optional.empty());
    }

    private Part file() {
        return context.files().keep("film", read(platform.download()), LARGEST) instanceof Files.Kept.Stored(var file)
                ? Part.Media.of(file)
                : new Part.Unsupported("file");
    }

    /** What is read of a file that comes or goes. */
    InputStream read(InputStream content) {
        return content;
    }

    private static byte[] bodyOf(WebRequest request) {
        try {
            return request.body().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Delivered deliver(Delivery delivery) {
        for (var part : delivery.parts()) {
            if (part instanceof Part.Media(var _, var file)) {
                context.files().open(file.id()).ifPresent(content -> platform.upload(read(content)));
            }
        }
        var text = delivery.parts().stream().map(SignedChannel::words).collect(Collectors.joining("\n"));
        var held = token();
        var answer = platform.send(held, key(delivery), delivery.thread(), text);
        if (answer == SmallPlatform.Answer.BAD_TOKEN) {
            forget(held);
            answer = platform.send(token(), key(delivery), delivery.thread(), text);
        }
        return switch (answer) {
            case TAKEN -> new Delivered.Done(delivery.id());
            case TOO_MANY -> tooMany();
            case BAD_TOKEN -> new Delivered.RetryLater(Duration.ofSeconds(1), "no token");
            case LOST -> new Delivered.Unknown("no answer", true);
        };
    }

    Delivered tooMany() {
        return new Delivered.RetryLater(Duration.ofSeconds(5), "too many");
    }

    /** Fetched once for all who want it at the same time. */
    private synchronized int token() {
        if (token == NONE) token = platform.fetchToken();
        return token;
    }

    synchronized void forget(int spoilt) {
        if (token == spoilt) token = NONE;
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
}
