package io.kefuhub.simulators.wecom;

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
import java.util.List;
import java.util.Optional;

/** WeCom as a hub sees it. */
public final class WeCom implements Platform {
    private final Scene scene;

    public WeCom(Scene scene) {
        this.scene = scene;
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
        return List.of();
    }

    @Override
    public List<FaultKind> faults() {
        return List.of();
    }

    @Override
    public void addTo(Routes routes) {
        routes.get(
                "/cgi-bin/getcallbackip",
                _ -> Answer.json(Json.object().put("errcode", 0).put("errmsg", "ok")));
        routes.post(
                "/cgi-bin/kf/account/list",
                _ -> Answer.json(Json.object().put("errcode", 0).put("errmsg", "ok")));
    }

    @Override
    public Optional<Answer> under(String fault, Call call) {
        return Optional.empty();
    }

    @Override
    public Customer welcome(String surface, String name) {
        throw new BadInputException("there is no surface " + surface);
    }

    @Override
    public List<String> say(List<Saying> sayings, Saying.Manner manner) {
        return List.of();
    }

    @Override
    public JsonNode act(String surface, String customer, String act, JsonNode with) {
        throw new BadInputException("there is no surface " + surface);
    }

    @Override
    public Verified verify(String surface) {
        throw new BadInputException("there is no surface " + surface);
    }

    @Override
    public SetUp setUp() {
        return new SetUp(List.of(), "");
    }

    @Override
    public void reset() {
        scene.screens.after(0);
    }
}
