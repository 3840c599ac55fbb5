package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.BadInputException;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Customer service as customers and servicers see it. Safe for threads. */
final class Kf {
    static final String SURFACE = "kf";
    static final Map<String, String> ACCOUNTS = accounts();
    static final List<String> SERVICERS = List.of("zhangsan", "lisi");
    static final Duration WELCOME_WITHIN = Duration.ofSeconds(20);
    static final Duration QUEUE_WITHIN = Duration.ofHours(48);

    static final Surface DESCRIPTION = new Surface(
            SURFACE,
            new Words("Customer service (WeChat)", "微信客服"),
            List.of(
                    "text",
                    "image",
                    "voice",
                    "video",
                    "file",
                    "location",
                    "link",
                    "miniprogram",
                    "business_card",
                    "channels_shop_order"),
            List.of(
                    new Act(
                            "enter",
                            new Words("Opens the chat", "进入会话"),
                            List.of(
                                    new Field("scene", new Words("Scene", "场景值"), "web"),
                                    new Field("scene_param", new Words("Parameter", "场景参数"), ""))),
                    new Act("recall", new Words("Recalls the last message", "撤回上一条消息"), List.of()),
                    new Act(
                            "servicer-takes",
                            new Words("A servicer takes over", "人工接待接入"),
                            List.of(new Field("servicer", new Words("Servicer", "接待人员"), "zhangsan"))),
                    new Act(
                            "servicer-says",
                            new Words("The servicer writes", "接待人员发言"),
                            List.of(new Field("text", new Words("Text", "文字"), "您好，我来处理。"))),
                    new Act("end", new Words("The session is ended", "结束会话"), List.of()),
                    new Act(
                            "servicer-status",
                            new Words("A servicer comes or goes", "接待人员上下线"),
                            List.of(
                                    new Field("servicer", new Words("Servicer", "接待人员"), "zhangsan"),
                                    new Field("status", new Words("1 online, 2 offline", "1 在线 2 离线"), "2"))),
                    new Act("nudge", new Words("A callback with nothing new", "无新消息的回调"), List.of()),
                    new Act("revoke-tokens", new Words("All tokens are revoked", "吊销全部令牌"), List.of())),
            true,
            false);

    private final Scene scene;
    private final KfFeed feed;
    private final Letters letters;
    private final Map<String, KfSession> sessions = new HashMap<>();
    private final Map<String, Code> codes = new HashMap<>();

    /** @param account and customer whom a message with this code reaches */
    record Code(String account, String customer, Instant until) {}

    Kf(Scene scene, KfFeed feed) {
        this.scene = scene;
        this.feed = feed;
        this.letters = new Letters(scene, SURFACE, Corp.KF);
    }

    Letters letters() {
        return letters;
    }

    /** The account that customers write to when nothing else is said. */
    static String firstAccount() {
        return ACCOUNTS.keySet().iterator().next();
    }

    static String thread(String account, String customer) {
        return account.equals(firstAccount()) ? customer : customer + "@" + account;
    }

    synchronized KfSession session(String account, String customer) {
        return sessions.computeIfAbsent(account + "/" + customer, _ -> new KfSession());
    }

    synchronized List<String> say(List<Saying> sayings, Saying.Manner manner) {
        var said = new ArrayList<ObjectNode>();
        var account = account(sayings.getFirst().more());
        for (var saying : sayings) {
            var json = item(account, saying.customer(), 3).put("msgtype", saying.kind());
            json.set(saying.kind(), content(saying));
            said.add(json);
            session(account, saying.customer()).heard(scene.time.instant());
            var shown = Shown.of(
                    id(json), SURFACE, thread(account, saying.customer()), By.CUSTOMER, saying.kind(), words(saying));
            scene.screens.show(saying.media()
                    .map(item -> shown.withMedia(item.id(), item.name()))
                    .orElse(shown));
        }
        // A nudge for each, as the platform does; whoever pulls at the first may find all of them.
        manner.arrange(said).forEach(one -> nudge(account, feed.add(account, List.of(one))));
        return said.stream().map(Kf::id).toList();
    }

    synchronized JsonNode act(String customer, String act, JsonNode with) {
        var account = account(with);
        if (!customer.isEmpty()) scene.customer(SURFACE, customer);
        var session = session(account, customer);
        return switch (act) {
            case "enter" -> enter(account, customer, with);
            case "recall" -> recall(account, customer);
            case "press" -> press(account, customer, with);
            case "nudge" -> {
                nudge(account, feed.nudge());
                yield Json.object().put("nudged", true);
            }
            case "servicer-takes" -> {
                var servicer = with.path("servicer").asText(SERVICERS.getFirst());
                var before = session.servicer;
                session.state = KfSession.SERVICER;
                session.servicer = servicer;
                yield changed(account, customer, before.isEmpty() ? 1 : 2, before, servicer);
            }
            case "end" -> {
                var before = session.servicer;
                session.state = KfSession.ENDED;
                session.servicer = "";
                yield changed(account, customer, 3, before, "");
            }
            case "servicer-says" -> servicerSays(account, customer, session, with);
            case "servicer-status" -> {
                var event = event("servicer_status_change", account)
                        .put("servicer_userid", with.path("servicer").asText(SERVICERS.getFirst()))
                        .put("status", with.path("status").asInt(1));
                yield happen(account, event);
            }
            default -> throw new BadInputException("nothing is called " + act + " here");
        };
    }

    /** A message that was taken is not delivered after all. */
    synchronized void fail(String account, String customer, String message, int type) {
        scene.screens.change(message, shown -> shown.withFailed("fail_type " + type));
        happen(
                account,
                event("msg_send_fail", account)
                        .put("external_userid", customer)
                        .put("fail_msgid", message)
                        .put("fail_type", type));
    }

    synchronized String code(String account, String customer, Duration life) {
        var code = Letters.id("code-");
        codes.put(code, new Code(account, customer, scene.time.instant().plus(life)));
        return code;
    }

    /** Uses a code up. */
    synchronized Code use(String value) throws Wrong {
        var code = codes.remove(value);
        if (code == null || code.until.isBefore(scene.time.instant()))
            throw new Wrong(Wrong.KF_TOKEN, "invalid or expired code");
        return code;
    }

    synchronized void clear() {
        sessions.clear();
        codes.clear();
        feed.clear();
    }

    static Customer customer(String name) {
        return new Customer(SURFACE, Letters.id("wmSimulated"), name);
    }

    private JsonNode enter(String account, String customer, JsonNode with) {
        var session = session(account, customer);
        var now = scene.time.instant();
        var event = event("enter_session", account)
                .put("external_userid", customer)
                .put("scene", with.path("scene").asText("web"))
                .put("scene_param", with.path("scene_param").asText());
        var known = session.welcomed != null
                        && session.welcomed.plus(KfSession.WINDOW).isAfter(now)
                || session.wrote != null && session.wrote.plus(KfSession.WINDOW).isAfter(now);
        if (!known) {
            session.welcomed = now;
            event.put("welcome_code", code(account, customer, WELCOME_WITHIN));
        }
        return happen(account, event);
    }

    private JsonNode recall(String account, String customer) {
        var last = scene.screens.after(0).stream()
                .filter(shown -> shown.thread().equals(thread(account, customer))
                        && shown.by() == By.CUSTOMER
                        && !shown.recalled())
                .reduce((_, later) -> later)
                .orElseThrow(() -> new BadInputException("there is nothing to recall"));
        scene.screens.change(last.id(), Shown::withRecalled);
        return happen(
                account,
                event("user_recall_msg", account)
                        .put("external_userid", customer)
                        .put("recall_msgid", last.id()));
    }

    /** An entry of a menu is tapped: the customer then says its words, with the entry's id. */
    private JsonNode press(String account, String customer, JsonNode with) {
        var json = item(account, customer, 3).put("msgtype", "text");
        json.putObject("text")
                .put("content", with.path("label").asText())
                .put("menu_id", with.path("button").asText());
        session(account, customer).heard(scene.time.instant());
        scene.screens.show(Shown.text(
                id(json),
                SURFACE,
                thread(account, customer),
                By.CUSTOMER,
                with.path("label").asText()));
        nudge(account, feed.add(account, List.of(json)));
        return json;
    }

    private JsonNode servicerSays(String account, String customer, KfSession session, JsonNode with) {
        if (session.state != KfSession.SERVICER) throw new BadInputException("let a servicer take over first");
        var json = item(account, customer, 5)
                .put("servicer_userid", session.servicer)
                .put("msgtype", "text");
        json.putObject("text").put("content", with.path("text").asText());
        scene.screens.show(Shown.text(
                id(json),
                SURFACE,
                thread(account, customer),
                By.SERVICER,
                with.path("text").asText()));
        nudge(account, feed.add(account, List.of(json)));
        return json;
    }

    private JsonNode changed(String account, String customer, int type, String before, String after) {
        var event = event("session_status_change", account)
                .put("external_userid", customer)
                .put("change_type", type)
                .put("old_servicer_userid", before)
                .put("new_servicer_userid", after);
        if (type == 3) event.put("msg_code", code(account, customer, WELCOME_WITHIN));
        return happen(account, event);
    }

    private JsonNode happen(String account, ObjectNode event) {
        var json = Json.object()
                .put("msgid", Letters.id("4X"))
                .put("send_time", scene.time.seconds())
                .put("origin", 4)
                .put("msgtype", "event");
        json.set("event", event);
        nudge(account, feed.add(account, List.of(json)));
        return json;
    }

    private static ObjectNode event(String type, String account) {
        return Json.object().put("event_type", type).put("open_kfid", account);
    }

    private ObjectNode item(String account, String customer, int origin) {
        return Json.object()
                .put("msgid", Letters.id("4X"))
                .put("open_kfid", account)
                .put("external_userid", customer)
                .put("send_time", scene.time.seconds())
                .put("origin", origin);
    }

    private void nudge(String account, String token) {
        letters.xml(
                account,
                "kf_msg_or_event",
                "",
                Xml.of(Map.of(
                        "ToUserName",
                        Corp.ID,
                        "CreateTime",
                        scene.time.seconds(),
                        "MsgType",
                        "event",
                        "Event",
                        "kf_msg_or_event",
                        "Token",
                        token,
                        "OpenKfId",
                        account)),
                _ -> {});
    }

    private static JsonNode content(Saying saying) {
        var content = Json.object();
        switch (saying.kind()) {
            case "text" -> content.put("content", saying.text()).put("menu_id", "");
            case "image", "voice", "video", "file" ->
                saying.media().ifPresent(item -> content.put("media_id", item.id()));
            case "location" ->
                content.put("latitude", 23.10)
                        .put("longitude", 113.32)
                        .put("name", saying.text().isBlank() ? "广州塔" : saying.text())
                        .put("address", "广东省广州市海珠区阅江西路222号");
            case "link" ->
                content.put("title", saying.text().isBlank() ? "松林小铺" : saying.text())
                        .put("desc", "")
                        .put("url", "https://www.example.com/")
                        .put("pic_url", "");
            case "miniprogram" ->
                content.put("title", saying.text().isBlank() ? "小程序" : saying.text())
                        .put("appid", "wx0000000000000000")
                        .put("pagepath", "pages/index.html")
                        .put("thumb_media_id", "");
            case "business_card" -> content.put("userid", SERVICERS.getFirst());
            default ->
                content.put("order_id", "3700000000000000001")
                        .put("product_titles", saying.text().isBlank() ? "松木杯" : saying.text())
                        .put("price_wording", "￥39.00")
                        .put("state", "待发货")
                        .put("image_url", "")
                        .put("shop_nickname", "松林小铺");
        }
        if (saying.more().path("content").isObject())
            content.setAll((ObjectNode) saying.more().path("content"));
        return content;
    }

    private static String words(Saying saying) {
        if (!saying.text().isBlank()) return saying.text();
        return saying.kind().equals("location") ? "广州塔" : "";
    }

    static String account(JsonNode with) {
        var account = with.path("open_kfid").asText(firstAccount());
        if (!ACCOUNTS.containsKey(account)) {
            throw new BadInputException("open_kfid must be one of " + String.join(", ", ACCOUNTS.keySet()));
        }
        return account;
    }

    private static String id(ObjectNode item) {
        return item.path("msgid").asText();
    }

    private static Map<String, String> accounts() {
        var accounts = new LinkedHashMap<String, String>();
        accounts.put("wkSimulatedShop0000000001", "松林小铺");
        accounts.put("wkSimulatedRepairs0000002", "售后服务");
        return accounts;
    }
}
