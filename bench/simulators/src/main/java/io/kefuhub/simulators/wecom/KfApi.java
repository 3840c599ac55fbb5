package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Answer;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.Customer;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Scene;
import io.kefuhub.simulators.Shown;
import io.kefuhub.simulators.Shown.By;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Customer service as the hub calls it. Safe for threads. */
final class KfApi {
    /** A message is taken, and then it fails after all. */
    static final String SEND_FAILS = "message-fails";

    static final int REFUSED_BY_CUSTOMER = 10;

    private static final Pattern MESSAGE_ID = Pattern.compile("[0-9a-zA-Z_-]{1,32}");
    private static final int MOST_AT_ONCE = 100;

    private final Scene scene;
    private final Kf kf;
    private final KfFeed feed;
    private final Contents contents;
    private final Set<String> used = new HashSet<>();

    KfApi(Scene scene, Kf kf, KfFeed feed, Contents contents) {
        this.scene = scene;
        this.kf = kf;
        this.feed = feed;
        this.contents = contents;
    }

    void addTo(Api api) {
        api.kf("sync_msg", feed::pull);
        api.kf("send_msg", this::send);
        api.kf("send_msg_on_event", this::sendOnEvent);
        api.kf("service_state/get", this::state);
        api.kf("service_state/trans", this::move);
        api.kf("account/list", KfApi::accounts);
        api.all("GET", "kf/account/list", KfApi::accounts);
        api.kf("add_contact_way", this::contactWay);
        api.kf("customer/batchget", this::customers);
        api.all("GET", "kf/servicer/list", KfApi::servicers);
    }

    private Answer send(Call call) throws Wrong {
        var body = call.json();
        var account = account(body);
        var customer = customer(body, "touser");
        var message = contents.of(
                body,
                Set.of(
                        "text",
                        "image",
                        "voice",
                        "video",
                        "file",
                        "link",
                        "miniprogram",
                        "msgmenu",
                        "location",
                        "ca_link"));
        var id = id(body);
        synchronized (kf) {
            var session = kf.session(account, customer.id());
            synchronized (used) {
                if (used.contains(id)) throw new Wrong(Wrong.PARAMETER, "msgid was used before");
                session.send(scene.time.instant());
                used.add(id);
            }
            show(id, account, customer, message);
        }
        if (scene.faults.strikes(SEND_FAILS, call.path())) kf.fail(account, customer.id(), id, REFUSED_BY_CUSTOMER);
        return Answer.json(Wrong.ok().put("msgid", id));
    }

    private Answer sendOnEvent(Call call) throws Wrong {
        var body = call.json();
        var message = contents.of(body, Set.of("text", "msgmenu"));
        var id = id(body);
        var code = kf.use(body.path("code").asText());
        show(id, code.account(), scene.customer(Kf.SURFACE, code.customer()), message);
        return Answer.json(Wrong.ok().put("msgid", id));
    }

    private void show(String id, String account, Customer customer, Shown message) {
        scene.screens.show(message.as(id, Kf.SURFACE, Kf.thread(account, customer.id())));
    }

    private Answer state(Call call) throws Wrong {
        var body = call.json();
        synchronized (kf) {
            var session =
                    kf.session(account(body), customer(body, "external_userid").id());
            var answer = Wrong.ok().put("service_state", session.state);
            if (!session.servicer.isEmpty()) answer.put("servicer_userid", session.servicer);
            return Answer.json(answer);
        }
    }

    private Answer move(Call call) throws Wrong {
        var body = call.json();
        var account = account(body);
        var customer = customer(body, "external_userid").id();
        var to = body.path("service_state").asInt(-1);
        var servicer = body.path("servicer_userid").asText();
        if (to == KfSession.SERVICER && !KfPeople.SERVICERS.contains(servicer)) {
            throw new Wrong(Wrong.KF_SERVICER, "not a servicer of this account");
        }
        synchronized (kf) {
            kf.session(account, customer).move(to, servicer);
            scene.screens.show(Shown.of(
                    Letters.id("note-"),
                    Kf.SURFACE,
                    Kf.thread(account, customer),
                    By.SYSTEM,
                    "event",
                    "service_state " + to + (servicer.isEmpty() ? "" : ": " + servicer)));
            var answer = Wrong.ok();
            if (to == KfSession.POOL) answer.put("msg_code", kf.code(account, customer, Kf.QUEUE_WITHIN));
            if (to >= KfSession.SERVICER) answer.put("msg_code", kf.code(account, customer, Kf.WELCOME_WITHIN));
            return Answer.json(answer);
        }
    }

    private static Answer accounts(Call call) {
        var body = call.json();
        var offset = body.path("offset").asInt(0);
        var limit = body.path("limit").asInt(MOST_AT_ONCE);
        var list = Json.array();
        KfPeople.ACCOUNTS.entrySet().stream()
                .skip(offset)
                .limit(Math.min(limit, MOST_AT_ONCE))
                .forEach(account -> list.addObject()
                        .put("open_kfid", account.getKey())
                        .put("name", account.getValue())
                        .put("avatar", "")
                        .put("manage_privilege", true));
        var answer = Wrong.ok();
        answer.set("account_list", list);
        return Answer.json(answer);
    }

    private Answer contactWay(Call call) throws Wrong {
        var account = account(call.json());
        var way = call.json().path("scene").asText();
        if (way.getBytes(StandardCharsets.UTF_8).length > 32) throw new Wrong(Wrong.PARAMETER, "scene is too long");
        var url = scene.address() + "/?kf=" + account + "&scene=" + URLEncoder.encode(way, StandardCharsets.UTF_8);
        return Answer.json(Wrong.ok().put("url", url));
    }

    private Answer customers(Call call) throws Wrong {
        var ids = call.json().path("external_userid_list");
        if (ids.isEmpty() || ids.size() > MOST_AT_ONCE)
            throw new Wrong(Wrong.PARAMETER, "external_userid_list takes 1 to 100");
        var found = Json.array();
        var unknown = Json.array();
        for (var id : ids) {
            var customer = scene.customers().stream()
                    .filter(one -> one.surface().equals(Kf.SURFACE) && one.id().equals(id.asText()))
                    .findFirst();
            if (customer.isEmpty()) {
                unknown.add(id.asText());
            } else {
                found.addObject()
                        .put("external_userid", id.asText())
                        .put("nickname", customer.get().name())
                        .put("avatar", "")
                        .put("gender", 0)
                        .put("unionid", "");
            }
        }
        var answer = Wrong.ok();
        answer.set("customer_list", found);
        answer.set("invalid_external_userid", unknown);
        return Answer.json(answer);
    }

    private static Answer servicers(Call call) throws Wrong {
        if (!KfPeople.ACCOUNTS.containsKey(call.query("open_kfid")))
            throw new Wrong(Wrong.KF_ACCOUNT, "invalid open_kfid");
        var list = Json.array();
        KfPeople.SERVICERS.forEach(one -> list.addObject().put("userid", one).put("status", 0));
        var answer = Wrong.ok();
        answer.set("servicer_list", list);
        return Answer.json(answer);
    }

    void clear() {
        synchronized (used) {
            used.clear();
        }
    }

    private static String account(JsonNode body) throws Wrong {
        var account = body.path("open_kfid").asText();
        if (!KfPeople.ACCOUNTS.containsKey(account)) throw new Wrong(Wrong.KF_ACCOUNT, "invalid open_kfid");
        return account;
    }

    private Customer customer(JsonNode body, String field) throws Wrong {
        var id = body.path(field).asText();
        return scene.customers().stream()
                .filter(one -> one.surface().equals(Kf.SURFACE) && one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Wrong(Wrong.USER, "invalid external_userid"));
    }

    private static String id(JsonNode body) throws Wrong {
        var id = body.path("msgid").asText();
        if (id.isEmpty()) return Letters.id("sent-");
        if (!MESSAGE_ID.matcher(id).matches()) throw new Wrong(Wrong.PARAMETER, "invalid msgid");
        return id;
    }
}
