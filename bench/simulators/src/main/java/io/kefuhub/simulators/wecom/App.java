package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.BadInputException;
import io.kefuhub.simulators.Callbacks.Reply;
import io.kefuhub.simulators.Customer;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Saying;
import io.kefuhub.simulators.Scene;
import io.kefuhub.simulators.Shown;
import io.kefuhub.simulators.Shown.By;
import io.kefuhub.simulators.Surface;
import io.kefuhub.simulators.Surface.Act;
import io.kefuhub.simulators.Surface.Field;
import io.kefuhub.simulators.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The app as members of the company see it. Safe for threads. */
final class App {
    static final String SURFACE = "app";

    static final Surface DESCRIPTION = new Surface(
            SURFACE,
            new Words("App (employees)", "自建应用"),
            List.of("text", "image", "voice", "video", "location", "link"),
            List.of(
                    new Act("enter", new Words("Opens the app", "进入应用"), List.of()),
                    new Act("subscribe", new Words("May use the app", "成员关注"), List.of()),
                    new Act("unsubscribe", new Words("May use it no more", "取消关注"), List.of()),
                    new Act(
                            "click",
                            new Words("Picks from the app's menu", "点击菜单"),
                            List.of(new Field("key", new Words("Key", "菜单键"), "help"))),
                    new Act(
                            "unknown",
                            new Words("An event nobody knows", "未知事件"),
                            List.of(new Field("event", new Words("Event", "事件"), "batch_job_result")))),
            true,
            false);

    private final Scene scene;
    private final AppCards cards;
    private final Letters letters;

    App(Scene scene, AppCards cards) {
        this.scene = scene;
        this.cards = cards;
        this.letters = new Letters(scene, SURFACE, Corp.APP);
    }

    Letters letters() {
        return letters;
    }

    static Customer customer(String name) {
        return new Customer(SURFACE, Letters.id("member"), name);
    }

    List<String> say(List<Saying> sayings, Saying.Manner manner) {
        record One(String id, String customer, String inner, String kind) {}
        var said = new ArrayList<One>();
        for (var saying : sayings) {
            var id = Long.toString(
                    ThreadLocalRandom.current().nextLong(7_000_000_000_000_000_000L, 8_000_000_000_000_000_000L));
            var elements = head(saying.customer(), saying.kind());
            elements.putAll(content(saying));
            elements.put("MsgId", new Xml.Raw(id));
            elements.put("AgentID", Corp.AGENT);
            said.add(new One(id, saying.customer(), Xml.of(elements), saying.kind()));
            var shown = Shown.of(id, SURFACE, saying.customer(), By.CUSTOMER, saying.kind(), saying.text());
            scene.screens.show(saying.media()
                    .map(item -> shown.withMedia(item.id(), item.name()))
                    .orElse(shown));
        }
        manner.arrange(said)
                .forEach(one -> letters.xml(
                        one.customer,
                        one.kind,
                        Integer.toString(Corp.AGENT),
                        one.inner,
                        reply -> replied(one.customer, reply)));
        return said.stream().map(One::id).toList();
    }

    JsonNode act(String customer, String act, JsonNode with) {
        scene.customer(SURFACE, customer);
        switch (act) {
            case "enter" -> event(customer, "enter_agent", Map.of("EventKey", ""));
            case "subscribe", "unsubscribe" -> event(customer, act, Map.of());
            case "click" ->
                event(customer, "click", Map.of("EventKey", with.path("key").asText("help")));
            case "unknown" -> event(customer, with.path("event").asText("batch_job_result"), Map.of());
            case "press" -> press(customer, with);
            default -> throw new BadInputException("nothing is called " + act + " here");
        }
        return Json.object().put("act", act);
    }

    private void press(String customer, JsonNode with) {
        var card = cards.pressed(with.path("message").asText());
        event(
                customer,
                "template_card_event",
                Map.of(
                        "EventKey", with.path("button").asText(),
                        "TaskId", card.task(),
                        "CardType", card.type(),
                        "ResponseCode", card.code(),
                        "SelectedItems", new Xml.Raw("")));
    }

    private void event(String customer, String event, Map<String, ?> more) {
        var elements = head(customer, "event");
        elements.put("Event", event);
        elements.putAll(more);
        elements.put("AgentID", Corp.AGENT);
        letters.xml(customer, event, Integer.toString(Corp.AGENT), Xml.of(elements), reply -> replied(customer, reply));
    }

    private LinkedHashMap<String, Object> head(String customer, String kind) {
        var elements = new LinkedHashMap<String, Object>();
        elements.put("ToUserName", Corp.ID);
        elements.put("FromUserName", customer);
        elements.put("CreateTime", scene.time.seconds());
        elements.put("MsgType", kind);
        return elements;
    }

    private Map<String, Object> content(Saying saying) {
        var media = saying.media().map(item -> item.id()).orElse("");
        return switch (saying.kind()) {
            case "text" -> Map.of("Content", saying.text());
            case "image" -> Map.of("PicUrl", scene.address() + "/sim/media/" + media, "MediaId", media);
            case "voice" -> Map.of("MediaId", media, "Format", "amr");
            case "video" -> Map.of("MediaId", media, "ThumbMediaId", media);
            case "location" ->
                Map.of(
                        "Location_X",
                        new Xml.Raw("22.5431"),
                        "Location_Y",
                        new Xml.Raw("114.0579"),
                        "Scale",
                        16,
                        "Label",
                        saying.text().isBlank() ? "深圳市福田区" : saying.text(),
                        "AppType",
                        "wxwork");
            default ->
                Map.of(
                        "Title", saying.text().isBlank() ? "松林小铺" : saying.text(),
                        "Description", "",
                        "Url", "https://www.example.com/",
                        "PicUrl", "");
        };
    }

    /** What stands in the answer to a callback is one more way to write to the member. */
    private void replied(String customer, Reply reply) {
        if (!reply.accepted() || reply.body().isBlank()) return;
        try {
            var outer = Xml.read(reply.body());
            var sealed = outer.getOrDefault("Encrypt", "");
            var signature = Corp.APP.sign(outer.getOrDefault("TimeStamp", ""), outer.getOrDefault("Nonce", ""), sealed);
            if (!signature.equals(outer.get("MsgSignature"))) throw new Seal.BrokenException("its signature is wrong");
            var inner = Xml.read(Corp.APP.open(sealed));
            scene.screens.show(
                    Shown.text(Letters.id("passive-"), SURFACE, customer, By.HUB, inner.getOrDefault("Content", "")));
        } catch (Seal.BrokenException broken) {
            scene.journal.note(SURFACE, BotHook.NOT_SHOWN, String.valueOf(broken.getMessage()));
        }
    }
}
