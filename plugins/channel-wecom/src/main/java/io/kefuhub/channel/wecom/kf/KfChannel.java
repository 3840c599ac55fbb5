package io.kefuhub.channel.wecom.kf;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Pulled;
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
import java.util.Map;

/**
 * Customers in ordinary WeChat, by way of WeCom's customer service. A call says only that something waits; it is then
 * fetched from where the hub stands. Safe for threads.
 */
final class KfChannel implements Channel {
    private static final int ACCOUNTS_AT_ONCE = 100;
    private static final Delivered NO_SECRET = new Delivered.Misconfigured(
            Meaning.SECRET, Localized.of("the secret of customer service is still missing.", "尚未填写微信客服 Secret。"));

    private final KfSettings settings;
    private final CallbackDoor door;
    private final Api api;
    private final Fetching fetching;
    private final SafetyNet net;
    private final KfSender sender;
    private final Endings endings;

    KfChannel(KfSettings settings, ChannelContext context) {
        this(settings, context, Fetching.Patience.USUAL);
    }

    KfChannel(KfSettings settings, ChannelContext context, Fetching.Patience patience) {
        this.settings = settings;
        var account = settings.account();
        this.door = new CallbackDoor(account.callbacks(context.clock()));
        var tokens = new Tokens(account.platform(), account.credentials(), context);
        this.api = new Api(account.platform(), tokens, context);
        var sessions = new Sessions(api, context.tasks(), settings.claims());
        var window = new SendWindow(context.store(), context.clock());
        this.fetching = new Fetching(
                context,
                api,
                new Items(new IncomingMedia(api, context)),
                new Events(settings, context, api, sessions),
                new Names(api, context),
                sessions,
                window,
                patience);
        this.net = new SafetyNet(context);
        this.sender = new KfSender(
                api, new OutgoingMedia(api, context), sessions, window, new Progress(context.store(), context.clock()));
        this.endings = new Endings(settings, context, api, sessions, window);
    }

    @Override
    public Abilities abilities() {
        return new Abilities(
                Abilities.DeliveryKind.PUSHED,
                new Abilities.Streaming.Whole(),
                Texts.CHARACTERS,
                SendWindow.OPEN,
                SendWindow.MESSAGES,
                Abilities.Repeats.RECOGNISED);
    }

    @Override
    public CheckResult check() {
        // The platform shows the secret only once it has verified the callback, which works without.
        if (!settings.account().hasSecret()) return new CheckResult.Fine();
        var listed = api.post("/cgi-bin/kf/account/list", Map.of("offset", 0, "limit", ACCOUNTS_AT_ONCE));
        if (!(listed instanceof Reply.Ok(var body))) return Outcomes.checked(listed, Meaning.SECRET);
        var known = body.objects("account_list").stream()
                .map(account -> account.text("open_kfid", ""))
                .toList();
        var missing =
                settings.accounts().stream().filter(one -> !known.contains(one)).findFirst();
        return missing.isPresent() && known.size() < ACCOUNTS_AT_ONCE
                ? Outcomes.wrong(
                        KfSettings.ACCOUNTS.key(),
                        Localized.of(
                                "WeCom knows no account " + missing.get() + ", or the secret does not reach it.",
                                "客服账号 " + missing.get() + " 不存在，或该 Secret 无权使用。"))
                : new CheckResult.Fine();
    }

    @Override
    public Receipt receive(WebRequest request) {
        return door.receive(request, this::nudged);
    }

    private Receipt nudged(XmlElement call) {
        var openKfId = call.text("OpenKfId");
        var isNudge = call.text("Event").equals("kf_msg_or_event") && !openKfId.isEmpty();
        if (!isNudge || !settings.serves(openKfId)) return new Receipt.Answered(WebReply.empty(200));
        fetching.nudged(openKfId, call.text("Token"));
        return new Receipt.Nudged(openKfId, WebReply.empty(200));
    }

    @Override
    public Pulled pull(String source, String cursor) {
        if (!settings.account().hasSecret()) return Pulled.nothing(cursor);
        net.note(source);
        return fetching.pull(source, cursor);
    }

    @Override
    public void listen() {
        if (settings.account().hasSecret()) net.start();
    }

    @Override
    public Delivered deliver(Delivery delivery) {
        if (!settings.account().hasSecret()) return NO_SECRET;
        var outcome = sender.deliver(delivery);
        if (outcome instanceof Delivered.Done) endings.spoke(delivery.thread());
        return outcome;
    }

    @Override
    public void close() {
        endings.close();
    }
}
