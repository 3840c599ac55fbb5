package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Answer;
import io.kefuhub.simulators.BadInputException;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.Customer;
import io.kefuhub.simulators.FaultKind;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Platform;
import io.kefuhub.simulators.Routes;
import io.kefuhub.simulators.Saying;
import io.kefuhub.simulators.Scene;
import io.kefuhub.simulators.SetUp;
import io.kefuhub.simulators.Surface;
import io.kefuhub.simulators.Words;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Feishu as a hub meets it: one app whose events are posted, and one that keeps a line open. Safe for threads. */
public final class Feishu implements Platform {
    static final String WEBHOOK = "webhook";
    static final String CONNECTION = "long-connection";

    /** A message comes as two events. */
    static final String SECOND_EVENT = "second-event";

    static final App HOOKED = new App(
            "cli_a1b2c3d4e5f60718",
            "FeishuSimulatedAppSecret00000001",
            "HubVerifyToken2026",
            "HubFeishuEncryptKey2026",
            App.USUAL_SCOPES,
            true);
    static final App CONNECTED =
            new App("cli_a1b2c3d4e5f60719", "FeishuSimulatedAppSecret00000002", "", "", App.USUAL_SCOPES, true);

    private static final List<String> NAMES = List.of("王小明", "Anna", "佐藤");

    private final Scene scene;
    private volatile Map<String, AppSide> sides;

    public Feishu(Scene scene) {
        this.scene = scene;
        this.sides = sides();
        invite();
    }

    private Map<String, AppSide> sides() {
        var both = new LinkedHashMap<String, AppSide>();
        both.put(WEBHOOK, AppSide.byWebhook(scene, WEBHOOK, HOOKED));
        both.put(CONNECTION, AppSide.byLongConnection(scene, CONNECTION, CONNECTED));
        return both;
    }

    @Override
    public String id() {
        return "feishu";
    }

    @Override
    public Words title() {
        return new Words("Feishu", "飞书");
    }

    @Override
    public List<Surface> surfaces() {
        return List.of(
                new Surface(WEBHOOK, new Words("Events by webhook", "事件回调"), Talk.KINDS, Acts.COMMON, true, true),
                new Surface(CONNECTION, new Words("Long connection", "长连接"), Talk.KINDS, Acts.CONNECTED, false, true));
    }

    @Override
    public List<FaultKind> faults() {
        return Troubles.KINDS;
    }

    @Override
    public void addTo(Routes routes) {
        var api = new Api(routes, this::all);
        api.open("/auth/v3/tenant_access_token/internal", this::token);
        api.raw("GET", "/bot/v3/info", (side, _) -> bot(side));
        MessageCalls.addTo(api);
        CardCalls.addTo(api);
        MediaCalls.addTo(api);
        PeopleCalls.addTo(api);
        routes.post("/callback/ws/endpoint", this::endpoint);
        routes.socket(LongConnection.PATH, call -> connection().open(call));
    }

    private Answer token(Call call) {
        var asked = Api.body(call);
        var side = withId(asked.path("app_id").asText()).orElseThrow(Code.APP_ID_WRONG::refusal);
        if (!asked.path("app_secret").asText().equals(side.app().secret())) throw Code.APP_SECRET_WRONG.refusal();
        side.limits.call("token");
        var token = side.tokens.issue();
        return Answer.json(Json.object()
                .put("code", 0)
                .put("msg", "ok")
                .put("tenant_access_token", token.value())
                .put("expire", token.secondsLeft()));
    }

    /** The one answer whose data does not stand under {@code data}. */
    private static Answer bot(AppSide side) {
        side.limits.call("bot");
        var answer = Json.object().put("code", 0).put("msg", "ok");
        var bot = answer.putObject("bot")
                .put("activate_status", side.app().activated() ? 2 : 1)
                .put("app_name", App.BOT_NAME)
                .put("avatar_url", "")
                .put("open_id", side.botOpenId());
        bot.putArray("ip_white_list");
        return Answer.json(answer);
    }

    private Answer endpoint(Call call) {
        var id = call.json().path("AppID").asText();
        if (withId(id).map(side -> side.road instanceof Webhook).orElse(false)) {
            return LongConnection.refused(403, "the app is not set to long connection");
        }
        return connection().endpoint(call);
    }

    @Override
    public Optional<Answer> under(String fault, Call call) {
        return Troubles.answer(fault, call, this::revoke);
    }

    /** All that the app of this call holds is dead from now on. */
    private void revoke(String authorization) {
        for (var side : all()) if (side.tokens.knows(authorization)) side.tokens.revoke(Code.TOKEN_REVOKED);
    }

    @Override
    public Customer welcome(String surface, String name) {
        var side = side(surface);
        var person = side.people.named(name);
        for (var i = 2; known(surface, person.openId()); i++) person = side.people.named(name + " " + i);
        return new Customer(surface, person.openId(), person.name());
    }

    private boolean known(String surface, String openId) {
        return scene.customers().stream()
                .anyMatch(customer ->
                        customer.surface().equals(surface) && customer.id().equals(openId));
    }

    @Override
    public List<String> say(List<Saying> sayings, Saying.Manner manner) {
        return new Talk(side(sayings.getFirst().surface())).say(sayings, manner);
    }

    @Override
    public JsonNode act(String surface, String customer, String act, JsonNode with) {
        return new Acts(side(surface)).act(customer, act, with);
    }

    @Override
    public Verified verify(String surface) {
        return switch (side(surface).road) {
            case Webhook webhook -> webhook.verify();
            case LongConnection line ->
                line.open() > 0 ? new Verified(true, "") : new Verified(false, "nobody is connected");
        };
    }

    @Override
    public SetUp setUp() {
        return FeishuSetUp.of(scene.address());
    }

    @Override
    public void reset() {
        var before = sides;
        sides = sides();
        before.values().forEach(side -> side.road.close());
        if (scene.customers().isEmpty()) invite();
        else
            for (var customer : scene.customers())
                side(customer.surface()).people.named(customer.name());
    }

    /** Somebody to begin with, with the same ids each time. */
    private void invite() {
        for (var side : all()) {
            for (var name : NAMES) {
                scene.add(new Customer(side.surface, side.people.named(name).openId(), name));
            }
        }
    }

    private Collection<AppSide> all() {
        return sides.values();
    }

    private Optional<AppSide> withId(String appId) {
        return all().stream().filter(side -> side.app().id().equals(appId)).findFirst();
    }

    private AppSide side(String surface) {
        var side = sides.get(surface);
        if (side == null) throw new BadInputException("there is no surface " + surface);
        return side;
    }

    private LongConnection connection() {
        return (LongConnection) side(CONNECTION).road;
    }
}
