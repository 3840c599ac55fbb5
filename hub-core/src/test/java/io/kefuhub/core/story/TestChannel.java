package io.kefuhub.core.story;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.ByColleague;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A platform's channel as small as one can be: signed webhook calls in, one HTTP call a reply out. */
public final class TestChannel implements Channel {
    static final SettingSpec SECRET = SettingSpec.secret("secret", "Secret");
    static final SettingSpec ADDRESS = SettingSpec.text("address", "Address of the platform");
    static final SettingSpec RECOGNISES = SettingSpec.flag("recognises-repeats", "The platform shows a repeat once")
            .withDefault("true");
    static final SettingSpec REPLIES =
            SettingSpec.number("replies-per-window", "Replies to each message").withDefault("" + Integer.MAX_VALUE);
    static final SettingSpec SAYINGS = SettingSpec.texts(
            "sayings", "Sayings", Map.of(Language.EN, Map.of("hello", "Hello"), Language.ZH_CN, Map.of("hello", "你好")));
    static final SettingSpec HOURS =
            SettingSpec.number("window-hours", "Hours in which one may reply").withDefault("" + Integer.MAX_VALUE);
    static final SettingSpec LIMIT =
            SettingSpec.number("text-limit", "Characters of one text").withDefault("2000");
    static final SettingSpec MESSAGES = SettingSpec.number("messages", "Messages of one answer that is being made")
            .withDefault("1");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String secret;
    private final URI platform;
    private final Abilities abilities;
    private final ChannelContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Makes test channels. */
    public static final class Factory implements ChannelFactory {
        @Override
        public Description description() {
            return new Description(
                    "test",
                    Map.of(Language.EN, "Test"),
                    List.of(SECRET, ADDRESS, RECOGNISES, REPLIES, HOURS, LIMIT, MESSAGES, SAYINGS));
        }

        @Override
        public Channel create(Settings settings, ChannelContext context) {
            var repeats = settings.flag(RECOGNISES) ? Abilities.Repeats.RECOGNISED : Abilities.Repeats.NOT_RECOGNISED;
            var messages = settings.number(MESSAGES, 1, 10);
            var abilities = new Abilities(
                    Abilities.DeliveryKind.PUSHED,
                    messages == 1 ? new Abilities.Streaming.Whole() : new Abilities.Streaming.Chunks(messages),
                    settings.number(LIMIT, 1, 100_000),
                    Duration.ofHours(settings.number(HOURS)),
                    settings.number(REPLIES, 1, Integer.MAX_VALUE),
                    repeats);
            settings.texts(SAYINGS);
            return new TestChannel(settings.text(SECRET), URI.create(settings.text(ADDRESS)), abilities, context);
        }
    }

    private TestChannel(String secret, URI platform, Abilities abilities, ChannelContext context) {
        this.secret = secret;
        this.platform = platform;
        this.abilities = abilities;
        this.context = context;
    }

    @Override
    public Abilities abilities() {
        return abilities;
    }

    @Override
    public Receipt receive(WebRequest request) {
        try {
            if (request.method().equals("GET")) return verification(request);
            var body = request.body().readAllBytes();
            var expected = sign(secret, body).getBytes(StandardCharsets.US_ASCII);
            var given = request.header("x-signature").orElse("").getBytes(StandardCharsets.US_ASCII);
            if (!MessageDigest.isEqual(expected, given)) return new Receipt.Refused("wrong signature");
            var message = JSON.readTree(body);
            if (message.has("takesBack")) {
                context.inbox()
                        .takenBack(
                                message.get("takesBack").asText(),
                                context.clock().instant());
                return new Receipt.Answered(WebReply.text(200, "ok"));
            }
            if (message.has("colleague")) return overheard(message);
            var person = contact(message);
            // The platform says what it knows of its customers with every message.
            if (person.verified()) context.contacts().label(person);
            return new Receipt.Accepted(
                    List.of(new Incoming(
                            message.path("id").asText(),
                            person.subject(),
                            person,
                            List.of(new Part.Text(message.path("text").asText())),
                            message.has("at")
                                    ? Instant.parse(message.path("at").asText())
                                    : context.clock().instant(),
                            Optional.empty())),
                    WebReply.text(200, "ok"));
        } catch (IOException e) {
            return new Receipt.Refused("unreadable");
        }
    }

    /** A colleague says something in the platform's own client, or leaves without a word. */
    private Receipt overheard(JsonNode message) {
        var person = contact(message);
        if (message.has("text")) {
            context.inbox()
                    .said(new ByColleague(
                            message.path("id").asText(),
                            person.subject(),
                            person,
                            message.path("colleague").asText(),
                            message.path("colleague").asText(),
                            List.of(new Part.Text(message.path("text").asText())),
                            context.clock().instant()));
        } else {
            context.inbox().colleagueLeft(person.subject());
        }
        return new Receipt.Answered(WebReply.text(200, "ok"));
    }

    private Receipt verification(WebRequest request) {
        var challenge = request.parameter("challenge").orElse("");
        var expected = sign(secret, challenge.getBytes(StandardCharsets.UTF_8)).getBytes(StandardCharsets.US_ASCII);
        var given = request.parameter("signature").orElse("").getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, given)
                ? new Receipt.Answered(WebReply.text(200, challenge))
                : new Receipt.Refused("wrong signature of the challenge");
    }

    private static Contact contact(JsonNode message) {
        var name = message.path("from").asText();
        if (!message.has("attributes")) return Contact.anonymous(name);
        return new Contact(name, true, "", JSON.convertValue(message.get("attributes"), new TypeReference<>() {}));
    }

    @Override
    public Delivered deliver(Delivery delivery) {
        try {
            var body = JSON.writeValueAsString(Map.of(
                    "id", delivery.id(),
                    "to", delivery.thread(),
                    "replyTo", delivery.replyTo(),
                    "pieces", delivery.parts().size(),
                    "text", new Message(delivery.parts()).text()));
            var response = http.send(
                    HttpRequest.newBuilder(platform)
                            .timeout(Duration.ofSeconds(5))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case 200 -> new Delivered.Done(response.body());
                case 410 -> new Delivered.Undeliverable(Localized.of("the customer is gone", "客户已离开"));
                default -> new Delivered.RetryLater(Duration.ofMillis(50), "status " + response.statusCode());
            };
        } catch (IOException e) {
            return new Delivered.Unknown("connection lost", abilities.repeats() == Abilities.Repeats.RECOGNISED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Delivered.Unknown("interrupted", abilities.repeats() == Abilities.Repeats.RECOGNISED);
        }
    }

    static String sign(String secret, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
