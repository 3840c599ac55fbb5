package io.kefuhub.api.kit;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.web.PublicPath;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** What every channel is asked, whatever platform it speaks to. Immutable. */
public final class ChannelQuestions {
    private static final String BODY = "s3cret-in-the-body";
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "OPTIONS");
    private static final List<String> ODD_PATHS =
            List.of("", "/", "/nothing", "/../../etc/passwd", "/%00", "/" + "x".repeat(5_000));

    private final Channel channel;
    private final Supplier<List<PublicPath>> paths;
    private final Function<WebRequest, WebReply> factory;

    /**
     * @param paths asks its factory for them anew
     * @param factory what answers on a path that names no instance
     */
    public ChannelQuestions(Channel channel, Supplier<List<PublicPath>> paths, Function<WebRequest, WebReply> factory) {
        this.channel = channel;
        this.paths = paths;
        this.factory = factory;
    }

    public List<Question> all() {
        return List.of(
                new Question(
                        "says the same of its abilities and paths every time", "每次说明的能力和路径都相同", this::sameAbilities),
                new Question("refuses a call that nobody signed", "拒绝没有签名的调用", this::refusesUnsigned),
                new Question("refuses an unsigned call whatever it holds", "未签名的调用无论内容如何都被拒绝", this::refusesHostile),
                new Question("says nothing of a call that it refuses", "拒绝时不透露调用内容", this::saysNothingOfRefused),
                new Question("has a reply to whatever is asked on its paths", "对其路径上的任何请求都有回复", this::repliesToAll),
                new Question("closes", "能够关闭", channel::close));
    }

    void sameAbilities() {
        var abilities = channel.abilities();
        var again = channel.abilities();
        Broken.unless(abilities.equals(again), "first %s, then %s", "先是 %s，后是 %s", abilities, again);
        var named = paths.get();
        var named2 = paths.get();
        Broken.unless(named.equals(named2), "first %s, then %s", "先是 %s，后是 %s", named, named2);
    }

    void refusesUnsigned() {
        mustRefuse(Requests.post("/webhooks/x", "{\"text\":\"hello\"}"));
        mustRefuse(Requests.get("/webhooks/x"));
    }

    void refusesHostile() {
        for (var body : Tampering.hostileBodies())
            mustRefuse(Requests.post("/webhooks/x", "").withBody(body));
    }

    void saysNothingOfRefused() {
        var receipt = channel.receive(Requests.post("/webhooks/x", BODY).call());
        if (!(receipt instanceof Receipt.Refused(var reason))) throw notRefused("POST", receipt);
        Broken.unless(
                reason.texts().values().stream().noneMatch(text -> text.contains(BODY)),
                "the reason tells what stood in the body: %s",
                "原因中透露了正文：%s",
                reason);
    }

    private void mustRefuse(Requests call) {
        var receipt = channel.receive(call.call());
        if (!(receipt instanceof Receipt.Refused)) throw notRefused(call.method(), receipt);
    }

    private static Broken notRefused(String method, Receipt receipt) {
        return new Broken(
                "%s without a signature: %s instead of Refused",
                "%s（无签名）：返回 %s 而不是 Refused", method, receipt.getClass().getSimpleName());
    }

    void repliesToAll() {
        for (var method : METHODS) {
            for (var rest : ODD_PATHS) {
                var call =
                        new Requests(method, "/x" + rest, rest, Map.of(), Map.of(), new byte[] {'{', 0, (byte) 0xFF});
                var where = method + " " + rest.substring(0, Math.min(20, rest.length()));
                mustBeSane(where, channel.serve(call.call()));
                mustBeSane(where, factory.apply(call.call()));
                var upgrade = channel.live(call.call());
                Broken.unless(upgrade != null, "%s: no answer to an upgrade, but null", "%s：对升级请求返回 null", where);
                if (upgrade instanceof Upgrade.Opened(var _, var _, var handler)) handler.onClose(1006);
            }
        }
    }

    private static void mustBeSane(String where, WebReply reply) {
        Broken.unless(
                reply.status() >= 200 && reply.status() <= 499,
                "%s: the status is %s",
                "%s：状态码为 %s",
                where,
                reply.status());
    }
}
