package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Answer;
import io.kefuhub.simulators.BadInputException;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.Customer;
import io.kefuhub.simulators.FaultKind;
import io.kefuhub.simulators.Faults;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Platform;
import io.kefuhub.simulators.Routes;
import io.kefuhub.simulators.Saying;
import io.kefuhub.simulators.Scene;
import io.kefuhub.simulators.SetUp;
import io.kefuhub.simulators.Surface;
import io.kefuhub.simulators.Words;
import java.util.List;
import java.util.Optional;

/** WeCom as a hub meets it: customer service, an app, and a bot that is called or keeps a line open. Safe for threads. */
public final class WeCom implements Platform {
    static final String BUSY = "busy";
    static final String ADDRESS = "address-not-trusted";
    static final String STATE = "state-refuses";
    static final String MEDIA_JSON = "media-json";

    private static final List<FaultKind> FAULTS = List.of(
            Faults.answers(BUSY, "Busy (−1)", "系统繁忙（-1）"),
            Faults.answers(ADDRESS, "Address not trusted (60020)", "IP 不在白名单（60020）"),
            Faults.answers(STATE, "State does not allow it (95018)", "会话状态不允许（95018）"),
            Faults.answers(KfApi.SEND_FAILS, "Taken, then failed (msg_send_fail)", "接受后发送失败（msg_send_fail）"),
            Faults.answers(AppApi.INVALID_USER, "Taken, but for nobody (invaliduser)", "成功但接收人无效（invaliduser）"),
            Faults.answers(MEDIA_JSON, "JSON instead of a file", "下载素材返回 JSON"),
            Faults.answers(KfFeed.EMPTY_PAGES, "Empty pages that say more", "空页但还有更多"),
            Faults.answers(KfFeed.SMALL_PAGES, "Pages of two", "每页两条"),
            Faults.callbacks(BotSocket.CONTROL_CHARACTERS, "Control characters in frames", "帧内含控制字符"));
    private static final List<String> NAMES = List.of("王小明", "Anna", "佐藤");

    private final Scene scene;
    private final Tokens tokens;
    private final Media media;
    private final Kf kf;
    private final KfApi kfApi;
    private final KfFeed feed;
    private final App app;
    private final AppApi appApi;
    private final BotHook hook;
    private final BotSocket socket;

    public WeCom(Scene scene) {
        this.scene = scene;
        this.tokens = new Tokens(scene.time);
        this.media = new Media(scene);
        var contents = new Contents(media);
        this.feed = new KfFeed(scene);
        this.kf = new Kf(scene, feed);
        this.kfApi = new KfApi(scene, kf, feed, contents);
        var cards = new AppCards(scene.time);
        this.app = new App(scene, cards);
        this.appApi = new AppApi(scene, cards, contents);
        this.hook = new BotHook(scene, media);
        this.socket = new BotSocket(scene, media);
        invite();
    }

    @Override
    public String id() {
        return "wecom";
    }

    @Override
    public Words title() {
        return new Words("WeCom", "企业微信");
    }

    @Override
    public List<Surface> surfaces() {
        return List.of(KfPeople.DESCRIPTION, App.DESCRIPTION, BotHook.DESCRIPTION, BotSocket.DESCRIPTION);
    }

    @Override
    public List<FaultKind> faults() {
        return FAULTS;
    }

    @Override
    public void addTo(Routes routes) {
        routes.get("/cgi-bin/gettoken", tokens::issue);
        var api = new Api(routes, tokens);
        api.all("GET", "getcallbackip", _ -> {
            var answer = Wrong.ok();
            answer.putArray("ip_list").add("127.0.0.1");
            return Answer.json(answer);
        });
        api.all("POST", "media/upload", media::upload);
        api.all("GET", "media/get", media::fetch);
        kfApi.addTo(api);
        appApi.addTo(api);
        routes.post(BotHook.RESPONSE, hook::respond);
        routes.get(BotWords.FILES + "{id}", call -> BotWords.fetch(scene, call));
        routes.socket(BotSocket.PATH, _ -> new Routes.Opening.Opened(socket.open()));
    }

    @Override
    public Optional<Answer> under(String fault, Call call) {
        var atTokens = call.path().equals("/cgi-bin/gettoken");
        return switch (fault) {
            case Faults.EXPIRED_TOKEN -> {
                if (call.query("access_token").isEmpty()) yield Optional.empty();
                // It is dead from now on, for every other call too.
                tokens.revoke(call.query("access_token"));
                yield Optional.of(Wrong.answer(Wrong.TOKEN_EXPIRED, "access_token expired"));
            }
            case Faults.RATE_LIMIT -> Optional.of(Wrong.answer(Wrong.TOO_OFTEN, "api freq out of limit"));
            case BUSY -> Optional.of(Wrong.answer(Wrong.BUSY, "system busy"));
            case ADDRESS ->
                atTokens
                        ? Optional.empty()
                        : Optional.of(
                                Wrong.answer(Wrong.ADDRESS, "not allow to access from your ip, from ip: 203.0.113.7"));
            case STATE ->
                call.path().equals("/cgi-bin/kf/send_msg")
                        ? Optional.of(Wrong.answer(Wrong.KF_STATE, "the session state does not allow this"))
                        : Optional.empty();
            case MEDIA_JSON ->
                call.path().equals("/cgi-bin/media/get")
                        ? Optional.of(Wrong.answer(Wrong.MEDIA, "invalid media_id"))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    @Override
    public Customer welcome(String surface, String name) {
        return switch (surface) {
            case Kf.SURFACE -> Kf.customer(name);
            case App.SURFACE -> App.customer(name);
            default -> new Customer(surface, Letters.id("member"), name);
        };
    }

    @Override
    public List<String> say(List<Saying> sayings, Saying.Manner manner) {
        return switch (sayings.getFirst().surface()) {
            case Kf.SURFACE -> kf.say(sayings, manner);
            case App.SURFACE -> app.say(sayings, manner);
            case BotHook.SURFACE -> hook.say(sayings, manner);
            default -> socket.say(sayings, manner);
        };
    }

    @Override
    public JsonNode act(String surface, String customer, String act, JsonNode with) {
        if (act.equals("revoke-tokens")) {
            tokens.revokeAll();
            return Json.object().put("revoked", true);
        }
        return switch (surface) {
            case Kf.SURFACE -> kf.act(customer, act, with);
            case App.SURFACE -> app.act(customer, act, with);
            case BotHook.SURFACE -> hook.act(customer, act, with);
            case BotSocket.SURFACE -> socket.act(customer, act, with);
            default -> throw new BadInputException("there is no surface " + surface);
        };
    }

    @Override
    public Verified verify(String surface) {
        return switch (surface) {
            case Kf.SURFACE -> kf.letters().verify();
            case App.SURFACE -> app.letters().verify();
            case BotHook.SURFACE -> hook.letters().verify();
            default -> socket.verify();
        };
    }

    @Override
    public SetUp setUp() {
        return WeComSetUp.of(scene.address());
    }

    @Override
    public void reset() {
        tokens.revokeAll();
        kf.clear();
        kfApi.clear();
        appApi.clear();
        hook.clear();
        socket.clear();
        if (scene.customers().isEmpty()) invite();
    }

    /** Somebody to begin with on each surface, with the same ids each time. */
    private void invite() {
        for (var surface : surfaces()) {
            var prefix =
                    surface.id().equals(Kf.SURFACE) ? "wmSimulatedCustomer000000" : "simulated-" + surface.id() + "-";
            for (var i = 0; i < NAMES.size(); i++) {
                scene.add(new Customer(surface.id(), prefix + (i + 1), NAMES.get(i)));
            }
        }
    }
}
