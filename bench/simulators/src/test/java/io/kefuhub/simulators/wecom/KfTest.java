package io.kefuhub.simulators.wecom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Hub;
import io.kefuhub.simulators.Journal;
import io.kefuhub.simulators.Remote;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KfTest {
    private Stand stand;

    @BeforeEach
    void start() throws Exception {
        stand = new Stand();
    }

    @AfterEach
    void close() {
        stand.close();
    }

    @Test
    void a_message_is_a_nudge_without_content_and_is_pulled() throws Exception {
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"订单到哪了\"");

        var nudge = Stand.xml(stand.callback(0), Corp.KF);
        assertThat(nudge)
                .containsEntry("Event", "kf_msg_or_event")
                .containsEntry("OpenKfId", Kf.firstAccount())
                .doesNotContainKey("Content");
        var page = stand.pull("", ",\"token\":\"" + nudge.get("Token") + "\"");
        assertThat(page.path("errcode").asInt()).isZero();
        assertThat(page.path("has_more").asInt()).isZero();
        var item = page.path("msg_list").path(0);
        assertThat(item.path("origin").asInt()).isEqualTo(3);
        assertThat(item.path("external_userid").asText()).isEqualTo(Stand.CUSTOMER);
        assertThat(item.path("text").path("content").asText()).isEqualTo("订单到哪了");
        assertThat(stand.pull(page.path("next_cursor").asText(), "").path("msg_list"))
                .isEmpty();
    }

    @Test
    void a_burst_comes_page_by_page_in_its_order_and_none_is_missing() throws Exception {
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"第\",\"times\":250");

        var texts = new ArrayList<String>();
        var cursor = "";
        var pages = 0;
        JsonNode page;
        do {
            page = stand.pull(cursor, ",\"limit\":100");
            page.path("msg_list")
                    .forEach(item -> texts.add(item.path("text").path("content").asText()));
            cursor = page.path("next_cursor").asText();
            pages++;
        } while (page.path("has_more").asInt() == 1);

        assertThat(pages).isEqualTo(3);
        assertThat(texts).hasSize(250).startsWith("第 1", "第 2").endsWith("第 250");
        assertThat(cursor.length()).isLessThanOrEqualTo(64);
    }

    @Test
    void an_empty_page_can_say_that_there_is_more() throws Exception {
        stand.fault("empty-pages", "{\"times\":1}");
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"在吗\"");

        var empty = stand.pull("", "");
        var next = stand.pull(empty.path("next_cursor").asText(), "");

        assertThat(empty.path("msg_list")).isEmpty();
        assertThat(empty.path("has_more").asInt()).isOne();
        assertThat(empty.path("next_cursor").asText()).isNotEmpty();
        assertThat(next.path("msg_list")).hasSize(1);
    }

    @Test
    void limit_cursor_account_and_nudge_token_are_checked() throws Exception {
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"在吗\"");
        var token = Stand.xml(stand.callback(0), Corp.KF).get("Token");

        assertThat(stand.pull("", ",\"limit\":1001").path("errcode").asInt()).isEqualTo(Wrong.PARAMETER);
        assertThat(stand.pull("nonsense", "").path("errcode").asInt()).isEqualTo(Wrong.PARAMETER);
        assertThat(stand.pull("", ",\"token\":\"made-up\"").path("errcode").asInt())
                .isEqualTo(Wrong.KF_TOKEN);
        assertThat(stand.kf("sync_msg", "{\"open_kfid\":\"wkNone\"}")
                        .path("errcode")
                        .asInt())
                .isEqualTo(Wrong.KF_ACCOUNT);
        stand.forward("PT9M");
        assertThat(stand.pull("", ",\"token\":\"" + token + "\"")
                        .path("errcode")
                        .asInt())
                .isZero();
        stand.forward("PT2M");
        assertThat(stand.pull("", ",\"token\":\"" + token + "\"")
                        .path("errcode")
                        .asInt())
                .isEqualTo(Wrong.KF_TOKEN);
    }

    @Test
    void pulling_without_a_nudge_is_allowed_now_and_then_only() throws Exception {
        for (var i = 0; i < KfFeed.UNASKED; i++)
            assertThat(stand.pull("", "").path("errcode").asInt()).isZero();

        assertThat(stand.pull("", "").path("errcode").asInt()).isEqualTo(Wrong.TOO_OFTEN);
        stand.forward("PT61S");
        assertThat(stand.pull("", "").path("errcode").asInt()).isZero();
    }

    @Test
    void what_is_older_than_three_days_is_gone() throws Exception {
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"旧\"");
        stand.forward("PT71H");
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"新\"");

        assertThat(stand.pull("", "").path("msg_list")).hasSize(2);
        stand.forward("PT2H");
        var left = stand.pull("", "").path("msg_list");
        assertThat(left).hasSize(1);
        assertThat(left.path(0).path("text").path("content").asText()).isEqualTo("新");
    }

    @Test
    void five_messages_follow_each_message_of_the_customer() throws Exception {
        assertThat(stand.send("too early").path("errcode").asInt()).isEqualTo(Wrong.KF_STATE);
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"在吗\"");

        for (var i = 1; i <= 5; i++)
            assertThat(stand.send("答 " + i).path("errcode").asInt()).isZero();
        assertThat(stand.send("答 6").path("errcode").asInt()).isEqualTo(Wrong.KF_COUNT);
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"还在吗\"");
        assertThat(stand.send("在").path("errcode").asInt()).isZero();
        assertThat(stand.messages(Kf.SURFACE)).hasSize(8);
    }

    @Test
    void after_48_hours_nothing_can_be_sent() throws Exception {
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"在吗\"");
        stand.forward("PT47H59M");
        assertThat(stand.send("答").path("errcode").asInt()).isZero();

        stand.forward("PT2M");
        assertThat(stand.send("答").path("errcode").asInt()).isEqualTo(Wrong.KF_WINDOW);
    }

    @Test
    void only_new_sessions_and_those_of_the_bot_can_be_written_to() throws Exception {
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"在吗\"");
        assertThat(state()).isZero();
        assertThat(move(1, "").path("errcode").asInt()).isZero();
        assertThat(stand.send("机器人").path("errcode").asInt()).isZero();

        assertThat(move(0, "").path("errcode").asInt()).isEqualTo(Wrong.KF_TRANSITION);
        assertThat(move(3, "nobody").path("errcode").asInt()).isEqualTo(Wrong.KF_SERVICER);
        assertThat(move(3, "lisi").path("errcode").asInt()).isZero();
        assertThat(stand.send("晚了").path("errcode").asInt()).isEqualTo(Wrong.KF_STATE);
        assertThat(move(4, "").path("msg_code").asText()).isNotEmpty();
        assertThat(stand.send("晚了").path("errcode").asInt()).isEqualTo(Wrong.KF_STATE);
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"又来了\"");
        assertThat(state()).isZero();
    }

    @Test
    void whoever_enters_may_be_welcomed_within_twenty_seconds_once() throws Exception {
        stand.act(Kf.SURFACE, Stand.CUSTOMER, "enter", "\"scene\":\"qr\",\"scene_param\":\"vip\"");
        var event = stand.pull("", "").path("msg_list").path(0);
        assertThat(event.path("origin").asInt()).isEqualTo(4);
        assertThat(event.has("external_userid")).isFalse();
        assertThat(event.path("event").path("scene_param").asText()).isEqualTo("vip");
        var code = event.path("event").path("welcome_code").asText();

        assertThat(welcome(code).path("errcode").asInt()).isZero();
        assertThat(welcome(code).path("errcode").asInt()).isEqualTo(Wrong.KF_TOKEN);
        assertThat(stand.messages(Kf.SURFACE).path(0).path("text").asText()).isEqualTo("欢迎");
        stand.act(Kf.SURFACE, Stand.CUSTOMER, "enter", "");
        var items = stand.pull("", "").path("msg_list");
        assertThat(items.path(1).path("event").has("welcome_code")).isFalse();
        stand.forward("PT49H");
        stand.act(Kf.SURFACE, Stand.CUSTOMER, "enter", "");
        var late = stand.pull("", "")
                .path("msg_list")
                .path(2)
                .path("event")
                .path("welcome_code")
                .asText();
        stand.forward("PT21S");
        assertThat(welcome(late).path("errcode").asInt()).isEqualTo(Wrong.KF_TOKEN);
    }

    @Test
    void a_message_that_fails_afterwards_is_told_as_an_event() throws Exception {
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"在吗\"");
        stand.fault("message-fails", "{\"times\":1}");

        var sent = stand.send("答").path("msgid").asText();

        var event = stand.pull("", "").path("msg_list").path(1).path("event");
        assertThat(event.path("event_type").asText()).isEqualTo("msg_send_fail");
        assertThat(event.path("fail_msgid").asText()).isEqualTo(sent);
        assertThat(event.path("fail_type").asInt()).isEqualTo(10);
        assertThat(stand.messages(Kf.SURFACE).path(1).path("failed").asText()).isNotEmpty();
    }

    @Test
    void a_servicer_takes_over_writes_and_ends() throws Exception {
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"在吗\"");
        stand.act(Kf.SURFACE, Stand.CUSTOMER, "servicer-takes", "\"servicer\":\"lisi\"");
        stand.act(Kf.SURFACE, Stand.CUSTOMER, "servicer-says", "\"text\":\"我来\"");
        stand.act(Kf.SURFACE, Stand.CUSTOMER, "end", "");

        var items = stand.pull("", "").path("msg_list");
        assertThat(items.path(1).path("event").path("change_type").asInt()).isOne();
        assertThat(items.path(2).path("origin").asInt()).isEqualTo(5);
        assertThat(items.path(2).path("servicer_userid").asText()).isEqualTo("lisi");
        var end = items.path(3).path("event");
        assertThat(end.path("change_type").asInt()).isEqualTo(3);
        assertThat(welcome(end.path("msg_code").asText()).path("errcode").asInt())
                .isZero();
    }

    @Test
    void a_menu_is_tapped_with_the_id_of_its_entry() throws Exception {
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"在吗\"");
        stand.kf("send_msg", """
                {"touser":"%s","open_kfid":"%s","msgid":"menu-1","msgtype":"msgmenu","msgmenu":{"head_content":"满意吗",
                 "list":[{"type":"click","click":{"id":"good","content":"满意"}}],"tail_content":"谢谢"}}""".formatted(Stand.CUSTOMER, Kf.firstAccount()));

        var card = stand.messages(Kf.SURFACE).path(1).path("card");
        stand.act(Kf.SURFACE, Stand.CUSTOMER, "press", "\"message\":\"menu-1\",\"button\":\"good\",\"label\":\"满意\"");

        assertThat(card.path("buttons").path(0).path("label").asText()).isEqualTo("满意");
        var text = stand.pull("", "").path("msg_list").path(1).path("text");
        assertThat(text.path("menu_id").asText()).isEqualTo("good");
        assertThat(text.path("content").asText()).isEqualTo("满意");
    }

    @Test
    void the_same_message_can_come_twice_and_in_disorder() throws Exception {
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"第\",\"times\":3,\"twice\":true,\"order\":\"reversed\"");

        var texts = new ArrayList<String>();
        var ids = new ArrayList<String>();
        for (var item : stand.pull("", "").path("msg_list")) {
            texts.add(item.path("text").path("content").asText());
            ids.add(item.path("msgid").asText());
        }
        assertThat(texts).containsExactly("第 3", "第 3", "第 2", "第 2", "第 1", "第 1");
        assertThat(ids).hasSize(6);
        assertThat(List.copyOf(new LinkedHashSet<>(ids))).hasSize(3);
    }

    @Test
    void a_message_is_checked_before_it_is_shown() throws Exception {
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"在吗\"");

        assertThat(stand.send("长".repeat(700)).path("errcode").asInt()).isEqualTo(Wrong.TOO_LONG);
        assertThat(sent("\"msgtype\":\"image\",\"image\":{\"media_id\":\"none\"}"))
                .isEqualTo(Wrong.MEDIA);
        assertThat(sent("\"msgtype\":\"markdown\",\"markdown\":{\"content\":\"x\"}"))
                .isEqualTo(Wrong.MESSAGE_TYPE);
        assertThat(sent("\"msgid\":\"not allowed!\",\"msgtype\":\"text\",\"text\":{\"content\":\"x\"}"))
                .isEqualTo(Wrong.PARAMETER);
        assertThat(sent("\"msgid\":\"once\",\"msgtype\":\"text\",\"text\":{\"content\":\"x\"}"))
                .isZero();
        assertThat(sent("\"msgid\":\"once\",\"msgtype\":\"text\",\"text\":{\"content\":\"x\"}"))
                .isEqualTo(Wrong.PARAMETER);
        assertThat(stand.messages(Kf.SURFACE)).hasSize(2);
    }

    @Test
    void accounts_customers_servicers_and_the_way_in_can_be_asked_for() throws Exception {
        var accounts = stand.kf("account/list", "{\"offset\":1,\"limit\":1}").path("account_list");
        var customers =
                stand.kf("customer/batchget", "{\"external_userid_list\":[\"" + Stand.CUSTOMER + "\",\"wmNobody\"]}");
        var way = stand.kf("add_contact_way", "{\"open_kfid\":\"" + Kf.firstAccount() + "\",\"scene\":\"qr\"}");

        assertThat(accounts).hasSize(1);
        assertThat(customers.path("customer_list").path(0).path("nickname").asText())
                .isEqualTo("王小明");
        assertThat(customers.path("invalid_external_userid").path(0).asText()).isEqualTo("wmNobody");
        assertThat(way.path("url").asText()).contains("scene=qr");
        var servicers = stand.remote.get("/cgi-bin/kf/servicer/list?open_kfid=" + Kf.firstAccount() + "&access_token="
                + stand.token(Corp.KF_SECRET));
        assertThat(servicers.path("servicer_list")).hasSize(2);
    }

    @Test
    void a_callback_is_sent_three_times_in_all_five_seconds_apart() throws Exception {
        stand.hub.answers(_ -> new Hub.Reply(500, ""));
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"在吗\"");
        stand.callback(0);

        Remote.until(() -> calls(), calls -> calls == 1);
        stand.forward("PT5S");
        stand.callback(1);
        Remote.until(() -> calls(), calls -> calls == 2);
        stand.forward("PT5S");
        stand.callback(2);
        Remote.until(() -> notes(), notes -> notes.contains("given up after 3 attempts"));
        assertThat(stand.simulator.scene().journal.after(0))
                .as("what readers of Chinese see")
                .extracting(Journal.Entry::inChinese)
                .anyMatch(note -> note.startsWith("5 秒后重试："))
                .anyMatch(note -> note.startsWith("尝试 3 次后放弃："));
        stand.forward("PT1H");
        assertThat(stand.hub.received).hasSize(3);
    }

    private int calls() {
        return (int) stand.simulator.scene().journal.after(0).stream()
                .filter(entry -> entry.way() == Journal.Way.CALLBACK)
                .count();
    }

    private String notes() {
        return stand.simulator.scene().journal.after(0).stream()
                .filter(entry -> entry.way() == Journal.Way.NOTE)
                .map(Journal.Entry::what)
                .toList()
                .toString();
    }

    private int sent(String message) throws Exception {
        return stand.kf(
                        "send_msg",
                        "{\"touser\":\"" + Stand.CUSTOMER + "\",\"open_kfid\":\"" + Kf.firstAccount() + "\"," + message
                                + "}")
                .path("errcode")
                .asInt();
    }

    private JsonNode welcome(String code) throws Exception {
        return stand.kf(
                "send_msg_on_event", "{\"code\":\"" + code + "\",\"msgtype\":\"text\",\"text\":{\"content\":\"欢迎\"}}");
    }

    private int state() throws Exception {
        return stand.kf(
                        "service_state/get",
                        "{\"open_kfid\":\"" + Kf.firstAccount() + "\",\"external_userid\":\"" + Stand.CUSTOMER + "\"}")
                .path("service_state")
                .asInt();
    }

    private JsonNode move(int to, String servicer) throws Exception {
        return stand.kf("service_state/trans", """
                {"open_kfid":"%s","external_userid":"%s","service_state":%d,"servicer_userid":"%s"}""".formatted(Kf.firstAccount(), Stand.CUSTOMER, to, servicer));
    }
}
