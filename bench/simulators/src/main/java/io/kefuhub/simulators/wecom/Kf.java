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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Customer service as customers and servicers see it. Safe for threads. */
final class Kf {
    static final String SURFACE = KfPeople.SURFACE;
    static final Duration WELCOME_WITHIN = Duration.ofSeconds(20);
    static final Duration QUEUE_WITHIN = Duration.ofHours(48);

    private final Scene scene;
    private final KfFeed feed;
    private final KfItems items;
    private final Letters letters;
    private final Map<String, KfSession> sessions = new HashMap<>();
    private final Map<String, Code> codes = new HashMap<>();

    /** @param account and customer whom a message with this code reaches */
    record Code(String account, String customer, Instant until) {}

    Kf(Scene scene, KfFeed feed) {
        this.scene = scene;
        this.feed = feed;
        this.items = new KfItems(scene.time);
        this.letters = new Letters(scene, SURFACE, Corp.KF);
    }

    Letters letters() {
        return letters;
    }

    /** The account that customers write to when nothing else is said. */
    static String firstAccount() {
        return KfPeople.ACCOUNTS.keySet().iterator().next();
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
            var json =
                    items.message(account, saying.customer(), KfItems.CUSTOMER).put("msgtype", saying.kind());
            json.set(saying.kind(), KfItems.content(saying));
            said.add(json);
            session(account, saying.customer()).heard(scene.time.instant());
            var shown = Shown.of(
                    KfItems.id(json),
                    SURFACE,
                    thread(account, saying.customer()),
                    By.CUSTOMER,
                    saying.kind(),
                    KfItems.words(saying));
            scene.screens.show(saying.media()
                    .map(item -> shown.withMedia(item.id(), item.name()))
                    .orElse(shown));
        }
        // A nudge for each, as the platform does; whoever pulls at the first may find all of them.
        manner.arrange(said).forEach(one -> nudge(account, feed.add(account, List.of(one))));
        return said.stream().map(KfItems::id).toList();
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
                var servicer = with.path("servicer").asText(KfPeople.SERVICERS.getFirst());
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
                var event = KfItems.event("servicer_status_change", account)
                        .put("servicer_userid", with.path("servicer").asText(KfPeople.SERVICERS.getFirst()))
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
                KfItems.event("msg_send_fail", account)
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
        var event = KfItems.event("enter_session", account)
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
                KfItems.event("user_recall_msg", account)
                        .put("external_userid", customer)
                        .put("recall_msgid", last.id()));
    }

    /** An entry of a menu is tapped: the customer then says its words, with the entry's id. */
    private JsonNode press(String account, String customer, JsonNode with) {
        var json = items.message(account, customer, KfItems.CUSTOMER).put("msgtype", "text");
        json.putObject("text")
                .put("content", with.path("label").asText())
                .put("menu_id", with.path("button").asText());
        session(account, customer).heard(scene.time.instant());
        scene.screens.show(Shown.text(
                KfItems.id(json),
                SURFACE,
                thread(account, customer),
                By.CUSTOMER,
                with.path("label").asText()));
        nudge(account, feed.add(account, List.of(json)));
        return json;
    }

    private JsonNode servicerSays(String account, String customer, KfSession session, JsonNode with) {
        if (session.state != KfSession.SERVICER) throw new BadInputException("let a servicer take over first");
        var json = items.message(account, customer, KfItems.SERVICER)
                .put("servicer_userid", session.servicer)
                .put("msgtype", "text");
        json.putObject("text").put("content", with.path("text").asText());
        scene.screens.show(Shown.text(
                KfItems.id(json),
                SURFACE,
                thread(account, customer),
                By.SERVICER,
                with.path("text").asText()));
        nudge(account, feed.add(account, List.of(json)));
        return json;
    }

    private JsonNode changed(String account, String customer, int type, String before, String after) {
        var event = KfItems.event("session_status_change", account)
                .put("external_userid", customer)
                .put("change_type", type)
                .put("old_servicer_userid", before)
                .put("new_servicer_userid", after);
        if (type == 3) event.put("msg_code", code(account, customer, WELCOME_WITHIN));
        return happen(account, event);
    }

    private JsonNode happen(String account, ObjectNode event) {
        var json = items.happened(event);
        nudge(account, feed.add(account, List.of(json)));
        return json;
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

    static String account(JsonNode with) {
        var account = with.path("open_kfid").asText(firstAccount());
        if (!KfPeople.ACCOUNTS.containsKey(account)) {
            throw new BadInputException("open_kfid must be one of " + String.join(", ", KfPeople.ACCOUNTS.keySet()));
        }
        return account;
    }
}
