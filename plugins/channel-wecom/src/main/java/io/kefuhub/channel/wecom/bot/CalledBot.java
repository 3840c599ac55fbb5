package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Draft;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.channel.wecom.crypto.Callbacks;
import io.kefuhub.channel.wecom.crypto.Opened;
import io.kefuhub.channel.wecom.crypto.Proof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bot that the platform calls. Every answer is laid ready at once and fetched while it grows. Safe for threads. */
final class CalledBot implements Channel {
    private static final int LONGEST_CALL = 1 << 20;
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final BotSettings settings;
    private final ChannelContext context;
    private final Callbacks callbacks;
    private final Reading reading;
    private final Arrivals arrivals;
    private final Growths growths;
    private final Openings openings;
    private final Judgements judgements;
    private final Offered offered;
    private final CalledReplies replies;

    /**
     * How long is waited.
     *
     * @param patience for the platform to fetch what lies ready
     * @param pause between two tries to store a message or fetch a file
     */
    record Rhythm(Duration patience, Duration pause) {
        static final Rhythm USUAL = new Rhythm(Duration.ofSeconds(4), Duration.ofSeconds(1));
    }

    CalledBot(BotSettings settings, BotSettings.Way.Called way, ChannelContext context, Rhythm rhythm) {
        this.settings = settings;
        this.context = context;
        this.callbacks = new Callbacks(way.token(), way.key(), "", context.clock());
        this.reading = new Reading(context.clock());
        var fetching = new Fetching(context, settings.media(), Optional.of(way.key()));
        this.arrivals = new Arrivals(context, fetching, _ -> {}, rhythm.pause());
        this.growths = new Growths(context, settings.words());
        this.openings = new Openings(context);
        this.judgements = new Judgements(context);
        this.offered = new Offered(context.store());
        this.replies = new CalledReplies(
                context,
                growths,
                openings,
                new OneAnswer(context.http(), way.api()),
                judgements,
                settings.words(),
                rhythm.patience());
    }

    @Override
    public Abilities abilities() {
        return new Abilities(
                Abilities.DeliveryKind.PUSHED,
                new Abilities.Streaming.Fetched(),
                Wording.MOST_CHARACTERS - 10,
                Openings.WINDOW,
                Integer.MAX_VALUE,
                Abilities.Repeats.RECOGNISED);
    }

    /** There is nobody to ask. The platform gives an address one second to prove itself, so the ciphers are warmed up. */
    @Override
    public CheckResult check() {
        var sealed = callbacks.seal("{}");
        var proof = new Proof(sealed.signature(), sealed.timestamp(), sealed.nonce());
        return callbacks.open(proof, sealed.encrypted()) instanceof Opened.Genuine(var text)
                        && Json.object(text).isPresent()
                ? new CheckResult.Fine()
                : Standing.wrong(
                        BotSettings.AES_KEY.key(),
                        Localized.of("what is sealed with this key cannot be opened", "用此密钥加密的内容无法解密"));
    }

    @Override
    public Receipt receive(WebRequest request) {
        var proof = Proof.in(request);
        if (proof.isEmpty()) return new Receipt.Refused(Localized.of("it is not signed", "没有签名"));
        if (request.method().equals("GET")) return verification(request, proof.get());
        var encrypted = Json.object(body(request)).flatMap(json -> json.text("encrypt"));
        return switch (callbacks.open(proof.get(), encrypted.orElse(""))) {
            case Opened.Refused(var reason) -> new Receipt.Refused(reason);
            case Opened.Genuine(var text) ->
                Json.object(text)
                        .map(reading::read)
                        .map(this::take)
                        .orElseGet(() -> new Receipt.Answered(WebReply.empty(200)));
        };
    }

    /** The address is tried before the platform uses it. */
    private Receipt verification(WebRequest request, Proof proof) {
        // Some proxies unescape a plus twice.
        var echo = request.parameter("echostr").orElse("").replace(' ', '+');
        return switch (callbacks.open(proof, echo)) {
            case Opened.Refused(var reason) -> new Receipt.Refused(reason);
            case Opened.Genuine(var text) -> new Receipt.Answered(WebReply.text(200, text));
        };
    }

    private static String body(WebRequest request) {
        try (var body = request.body()) {
            return new String(body.readNBytes(LONGEST_CALL), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Receipt take(Callback callback) {
        return switch (callback) {
            case Callback.Said said -> said(said);
            case Callback.Fetches(var stream) -> new Receipt.Answered(fetched(stream));
            case Callback.Entered _ -> new Receipt.Answered(welcome());
            case Callback.Pressed pressed -> pressed(pressed);
            case Callback.Judged judged -> {
                judgements.take(judged);
                yield new Receipt.Answered(WebReply.empty(200));
            }
            case Callback.Evicted _, Callback.Nothing _ -> new Receipt.Answered(WebReply.empty(200));
        };
    }

    private Receipt said(Callback.Said said) {
        var origin = said.origin();
        var stream = Keys.of(origin.msgId());
        growths.begin(stream, origin.thread());
        openings.add(origin.thread(), new Openings.Opening(stream, origin.answerTo(), origin.at()));
        var reply = sealed(Map.of(
                "msgtype",
                "stream",
                "stream",
                Map.of("id", stream, "finish", false, "content", "", "feedback", Map.of("id", stream))));
        return arrivals.atOnce(said)
                .<Receipt>map(incoming -> new Receipt.Accepted(List.of(incoming), reply))
                .orElseGet(() -> {
                    arrivals.keep(said);
                    return new Receipt.Answered(reply);
                });
    }

    /** What is said at once is the card, with what was chosen; everything else is sent to the address. */
    private Receipt pressed(Callback.Pressed pressed) {
        // One that was sent over a long connection, before the bot was set to be called.
        var reply =
                offered.chosen(pressed.task(), pressed.key()).map(this::sealed).orElseGet(() -> WebReply.empty(200));
        var origin = pressed.origin();
        var stream = Keys.of(origin.msgId());
        openings.add(origin.thread(), new Openings.Opening(stream, origin.answerTo(), origin.at()));
        var said = pressed.said();
        return arrivals.atOnce(said)
                .<Receipt>map(incoming -> new Receipt.Accepted(List.of(incoming), reply))
                .orElseGet(() -> {
                    arrivals.keep(said);
                    return new Receipt.Answered(reply);
                });
    }

    private WebReply fetched(String stream) {
        var fetched = growths.fetch(stream);
        if (fetched.isEmpty()) return WebReply.empty(200);
        var answer = new HashMap<String, Object>(Map.of(
                "id",
                stream,
                "finish",
                fetched.get().last(),
                "content",
                fetched.get().text()));
        if (fetched.get().last()) {
            var pictures = pictures(fetched.get().news());
            if (!pictures.isEmpty()) answer.put("msg_item", pictures);
        }
        return sealed(Map.of("msgtype", "stream", "stream", answer));
    }

    private List<Object> pictures(Growing growing) {
        var items = new ArrayList<Object>();
        for (var said : growing.said()) {
            for (var id : said.pictures()) picture(id).ifPresent(items::add);
        }
        return items;
    }

    private Optional<Object> picture(String id) {
        var content = context.files().open(id);
        if (content.isEmpty()) return Optional.empty();
        try (var in = content.get()) {
            var bytes = in.readAllBytes();
            var md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
            var image = Map.of("base64", Base64.getEncoder().encodeToString(bytes), "md5", md5);
            return Optional.of(Map.of("msgtype", "image", "image", image));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no MD5", e);
        }
    }

    private WebReply welcome() {
        if (settings.welcome().isEmpty()) return WebReply.empty(200);
        return sealed(Map.of("msgtype", "text", "text", Map.of("content", settings.welcome())));
    }

    private WebReply sealed(Map<String, Object> answer) {
        var sealed = callbacks.seal(Json.write(answer));
        return WebReply.text(
                200,
                Json.write(Map.of(
                        "encrypt",
                        sealed.encrypted(),
                        "msgsignature",
                        sealed.signature(),
                        "timestamp",
                        Long.parseLong(sealed.timestamp()),
                        "nonce",
                        sealed.nonce())));
    }

    /** Keeps no connection: takes up what waits, now and then again. */
    @Override
    public void listen() {
        resume();
        context.tasks().every(SWEEP, () -> context.tasks().run("resume", this::resume));
    }

    private void resume() {
        growths.sweep();
        arrivals.resume();
    }

    @Override
    public Delivered deliver(Delivery delivery) {
        try {
            return replies.deliver(delivery);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Delivered.Unknown(
                    Localized.of("it was called off while WeCom fetched it", "企业微信拉取时发送被取消"), true);
        }
    }

    @Override
    public Delivered revise(Draft draft) {
        return replies.revise(draft);
    }
}
