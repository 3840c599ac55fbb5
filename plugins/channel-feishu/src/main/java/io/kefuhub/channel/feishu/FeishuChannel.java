package io.kefuhub.channel.feishu;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Localized;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Draft;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.channel.feishu.api.Bot;
import io.kefuhub.channel.feishu.api.FeishuApi;
import io.kefuhub.channel.feishu.api.Media;
import io.kefuhub.channel.feishu.api.Pacing;
import io.kefuhub.channel.feishu.api.People;
import io.kefuhub.channel.feishu.api.TenantToken;
import io.kefuhub.channel.feishu.event.Event;
import io.kefuhub.channel.feishu.event.WebhookDoor;
import io.kefuhub.channel.feishu.message.Choices;
import io.kefuhub.channel.feishu.message.Receiving;
import io.kefuhub.channel.feishu.message.Sayings;
import io.kefuhub.channel.feishu.message.Taken;
import io.kefuhub.channel.feishu.reply.Greeting;
import io.kefuhub.channel.feishu.reply.Growing;
import io.kefuhub.channel.feishu.reply.Sending;
import io.kefuhub.channel.feishu.reply.TypingSigns;
import io.kefuhub.channel.feishu.socket.Endpoint;
import io.kefuhub.channel.feishu.socket.LongConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One app of Feishu or Lark. What happens there arrives by webhook or over a long connection and is taken alike. */
final class FeishuChannel implements Channel {
    private static final Duration EVER = Duration.ofSeconds(Long.MAX_VALUE);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Of one answer without a card. */
    private static final int MESSAGES = 3;

    private static final Duration ROUND = Duration.ofMinutes(1);
    private static final int MOST_CHANGES = 300;
    private static final int TEXT = 8_000;

    private final FeishuSettings settings;
    private final ChannelContext context;
    private final Bot bot;
    private final Optional<WebhookDoor> door;
    private final Receiving receiving;
    private final Sending sending;
    private final Growing growing;
    private final TypingSigns signs;
    private final Endpoint endpoint;
    private final Checkup checkup;
    private final AtomicBoolean attended = new AtomicBoolean();

    FeishuChannel(FeishuSettings settings, ChannelContext context) {
        this.settings = settings;
        this.context = context;
        var http = context.http();
        var token = new TenantToken(http, settings.base(), settings.appId(), settings.appSecret(), context.clock());
        var api = new FeishuApi(http, settings.base(), token);
        var pacing = new Pacing();
        var choices = new Choices(settings.appSecret());
        var sayings = new Sayings(context.store(), context.timeline());
        var media = new Media(api, context.files(), context.store());
        var people = new People(api, context.store(), context.tasks(), context.contacts(), context.clock());
        bot = new Bot(api);
        door = settings.webhook()
                .map(one -> new WebhookDoor(
                        settings.appId(), one.encryptKey(), one.verificationToken(), one.freshness(), context.clock()));
        signs = new TypingSigns(context, api, settings.typingSign());
        growing = new Growing(context, api, pacing, sayings);
        sending = new Sending(context, api, pacing, sayings, media, choices, growing);
        var greeting = new Greeting(context, api, pacing, choices, settings.welcome(), settings.welcomeChoices());
        receiving = new Receiving(context, api, bot, people, sayings, media, choices, signs, greeting);
        endpoint = new Endpoint(http, settings.base(), settings.appId(), settings.appSecret());
        checkup = new Checkup(
                token,
                bot,
                settings.webhook().isPresent() ? Optional.empty() : Optional.of(endpoint),
                settings.addressKey());
    }

    @Override
    public Abilities abilities() {
        var streaming = settings.streaming()
                ? new Abilities.Streaming.Edits(PAUSE, MOST_CHANGES)
                : new Abilities.Streaming.Chunks(MESSAGES);
        return new Abilities(
                Abilities.DeliveryKind.PUSHED, streaming, TEXT, EVER, Integer.MAX_VALUE, Abilities.Repeats.RECOGNISED);
    }

    @Override
    public CheckResult check() {
        return checkup.run();
    }

    @Override
    public Receipt receive(WebRequest request) {
        if (door.isEmpty()) {
            return new Receipt.Refused(Localized.of(
                    "this channel listens over a long connection; the developer console is set to a request URL",
                    "此渠道使用长连接，但开发者后台设置为请求地址"));
        }
        return switch (door.get().open(request)) {
            case WebhookDoor.Opened.Refused(var reason) -> new Receipt.Refused(reason);
            case WebhookDoor.Opened.Challenge(var word) -> new Receipt.Answered(json(Map.of("challenge", word)));
            case WebhookDoor.Opened.Genuine(var event) ->
                switch (receiving.take(event)) {
                    case Taken.Messages(var messages, var reply) -> new Receipt.Accepted(messages, json(reply));
                    case Taken.Done(var reply) -> new Receipt.Answered(json(reply));
                };
        };
    }

    private static WebReply json(Map<String, Object> tree) {
        return WebReply.json(200, Json.write(tree).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void listen() {
        if (!attended.getAndSet(true)) {
            round();
            context.tasks().every(ROUND, this::round);
        }
        if (door.isEmpty()) {
            new LongConnection(context.http(), endpoint, this::take, watch()).keep();
        }
    }

    private LongConnection.Watch watch() {
        var inbox = context.inbox();
        return new LongConnection.Watch() {
            @Override
            public void isUp() {
                inbox.listening();
            }

            @Override
            public void isRefused(String setting, Localized reason) {
                inbox.refused(setting.equals("address") ? settings.addressKey() : setting, reason);
            }
        };
    }

    private void round() {
        context.tasks().run("feishu-round", this::attend);
    }

    /** Goes on with what was interrupted, and learns who the bot is as long as that is not known. */
    private void attend() {
        if (bot.known().isEmpty()) bot.openId();
        try {
            receiving.recover();
            growing.sweep();
        } catch (UnavailableException _) {
            // In a minute again.
        }
    }

    private LongConnection.Outcome take(String json) {
        var event = Event.of(Json.object(json).orElse(JsonObject.EMPTY));
        if (!event.appId().isEmpty() && !event.appId().equals(settings.appId())) {
            return new LongConnection.Outcome(true, "");
        }
        var taken = receiving.take(event);
        var stored = switch (taken) {
            case Taken.Messages(var messages, var _) -> receiving.store(messages);
            case Taken.Done _ -> true;
        };
        return new LongConnection.Outcome(stored, stored && !taken.reply().isEmpty() ? Json.write(taken.reply()) : "");
    }

    @Override
    public Delivered deliver(Delivery delivery) {
        var outcome = sending.deliver(delivery);
        if (!(outcome instanceof Delivered.RetryLater)) signs.end(delivery.thread());
        return outcome;
    }

    @Override
    public Delivered revise(Draft draft) {
        if (!settings.streaming())
            return new Delivered.Undeliverable(Localized.of("answers are sent whole", "整条发送，不使用流式卡片"));
        var outcome = growing.revise(draft);
        if (draft.sequence() == 1 && outcome instanceof Delivered.Done) signs.end(draft.thread());
        return outcome;
    }
}
