package io.kefuhub.channel.wecom.app;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Localized;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.channel.wecom.CallbackDoor;
import io.kefuhub.channel.wecom.Progress;
import io.kefuhub.channel.wecom.Texts;
import io.kefuhub.channel.wecom.api.Api;
import io.kefuhub.channel.wecom.api.IncomingMedia;
import io.kefuhub.channel.wecom.api.Meaning;
import io.kefuhub.channel.wecom.api.Outcomes;
import io.kefuhub.channel.wecom.api.OutgoingMedia;
import io.kefuhub.channel.wecom.api.Reply;
import io.kefuhub.channel.wecom.api.Tokens;
import io.kefuhub.channel.wecom.crypto.XmlElement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Members of the corp in the WeCom client, by way of an app of its own. Safe for threads. */
final class AppChannel implements Channel {
    private static final WebReply TAKEN = WebReply.empty(200);
    private static final Delivered NO_SECRET = new Delivered.Misconfigured(
            Meaning.SECRET, Localized.of("the secret of the app is still missing.", "尚未填写应用 Secret。"));
    private static final int GENERIC_NO = 400;

    /** Of one answer: nothing that was sent can grow, and a member may be sent many a minute. */
    private static final int MESSAGES = 3;

    private final AppSettings settings;
    private final ChannelContext context;
    private final CallbackDoor door;
    private final Tokens tokens;
    private final Api api;
    private final Heard heard;
    private final LateFiles late;
    private final AppSender sender;
    private final Members members;
    private final Patience patience;

    /**
     * @param answer how long the platform may be kept waiting for a file
     * @param pause before a file is tried again
     */
    record Patience(Duration answer, Duration pause) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(3), Duration.ofSeconds(5));
    }

    AppChannel(AppSettings settings, ChannelContext context) {
        this(settings, context, Patience.USUAL);
    }

    AppChannel(AppSettings settings, ChannelContext context, Patience patience) {
        this.settings = settings;
        this.context = context;
        this.patience = patience;
        var account = settings.account();
        this.door = new CallbackDoor(account.callbacks(context.clock()));
        this.tokens = new Tokens(account.platform(), account.credentials(), context);
        this.api = new Api(account.platform(), tokens, context);
        this.heard = new Heard(new IncomingMedia(api, context));
        this.late = new LateFiles(context, heard, patience.pause());
        this.members = new Members(context, api);
        this.sender = new AppSender(
                settings,
                api,
                new OutgoingMedia(api, context),
                new Progress(context.store(), context.clock()),
                context.clock());
    }

    @Override
    public Abilities abilities() {
        return Abilities.pushed(Texts.CHARACTERS)
                .withStreaming(new Abilities.Streaming.Chunks(MESSAGES))
                .withRepeats(Abilities.Repeats.RECOGNISED);
    }

    @Override
    public CheckResult check() {
        // Trusted addresses can be entered only once the platform has verified the callback, which works without.
        if (!settings.account().hasSecret()) return new CheckResult.Fine();
        if (tokens.current() instanceof Tokens.Token.None(var why)) return Outcomes.checked(why, Meaning.SECRET);
        var asked = api.get("/cgi-bin/agent/get", Map.of("agentid", String.valueOf(settings.agentId())));
        // A private edition or a proxy that does not know the question says nothing against the settings.
        var isUnknown = asked instanceof Reply.NoAnswer
                || (asked instanceof Reply.Refused(var code, var _, var _) && code >= GENERIC_NO && code < 600);
        return isUnknown ? new CheckResult.Fine() : Outcomes.checked(asked, Meaning.AGENT_ID);
    }

    @Override
    public Receipt receive(WebRequest request) {
        return door.receive(request, this::heard);
    }

    private Receipt heard(XmlElement message) {
        if (!Heard.isWhole(message)) return new Receipt.Answered(TAKEN);
        return message.text("MsgType").equals("event") ? event(message) : said(message);
    }

    private Receipt said(XmlElement message) {
        try {
            var incoming = heard.read(message, patience.answer());
            if (incoming.isPresent()) return accepted(incoming.get());
        } catch (UnavailableException _) {
            // It is tried again as if it had only been slow.
        }
        if (!late.add(message)) throw new UnavailableException("the message could not be noted");
        return new Receipt.Answered(TAKEN);
    }

    private Receipt event(XmlElement event) {
        var key = event.text("EventKey");
        if (key.isBlank()) return new Receipt.Answered(TAKEN);
        return switch (event.text("Event")) {
            case "click" -> accepted(Heard.tapped(event, key));
            case "template_card_event" -> {
                settle(event, key);
                yield accepted(Heard.tapped(event, key));
            }
            default -> new Receipt.Answered(TAKEN);
        };
    }

    private Receipt accepted(Incoming incoming) {
        if (settings.account().hasSecret()) members.learn(incoming.contact().subject());
        return new Receipt.Accepted(List.of(incoming), TAKEN);
    }

    /** Shows on the card what was chosen, so that nobody chooses twice. */
    private void settle(XmlElement event, String chosen) {
        var code = event.text("ResponseCode");
        if (code.isEmpty()) return;
        var body = Map.of(
                "userids", List.of(event.text("FromUserName")),
                "agentid", settings.agentId(),
                "response_code", code,
                "button", Map.of("replace_name", Texts.cut(chosen, 90)));
        context.tasks().run("settle-card", () -> api.post("/cgi-bin/message/update_template_card", body));
    }

    @Override
    public void listen() {
        late.start();
    }

    @Override
    public Delivered deliver(Delivery delivery) {
        if (!settings.account().hasSecret()) return NO_SECRET;
        return sender.deliver(delivery);
    }
}
