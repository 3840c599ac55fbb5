package io.kefuhub.simulators.wecom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Hub;
import io.kefuhub.simulators.Remote;
import java.util.LinkedHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AppTest {
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
    void a_message_comes_whole_encrypted_and_signed() throws Exception {
        stand.say(App.SURFACE, Stand.MEMBER, ",\"text\":\"年假怎么请 <]]>\"");

        var call = stand.callback(0);
        assertThat(call.body()).contains("<AgentID><![CDATA[1000002]]>").doesNotContain("年假");
        assertThat(Stand.xml(call, Corp.APP))
                .containsEntry("MsgType", "text")
                .containsEntry("FromUserName", Stand.MEMBER)
                .containsEntry("Content", "年假怎么请 <]]>")
                .containsKey("MsgId");
    }

    @Test
    void every_kind_that_can_be_said_is_delivered() throws Exception {
        for (var kind : App.DESCRIPTION.says()) {
            stand.say(App.SURFACE, Stand.MEMBER, ",\"kind\":\"" + kind + "\",\"text\":\"看\"");
        }

        var last = App.DESCRIPTION.says().size() - 1;
        for (var i = 0; i <= last; i++) {
            assertThat(Stand.xml(stand.callback(i), Corp.APP))
                    .containsEntry("MsgType", App.DESCRIPTION.says().get(i));
        }
    }

    @Test
    void the_reply_in_the_answer_is_shown_and_a_forged_one_is_not() throws Exception {
        stand.hub.answers(_ -> new Hub.Reply(200, reply(Corp.APP)));
        stand.say(App.SURFACE, Stand.MEMBER, ",\"text\":\"在吗\"");
        Remote.until(() -> stand.messages(App.SURFACE), shown -> shown.size() == 2);
        assertThat(stand.messages(App.SURFACE).path(1).path("text").asText()).isEqualTo("已收到");

        stand.hub.answers(_ -> new Hub.Reply(200, reply(new Seal("Forged", Corp.APP.aesKey(), Corp.ID))));
        stand.say(App.SURFACE, Stand.MEMBER, ",\"text\":\"还在吗\"");
        Remote.until(
                () -> stand.simulator.scene().journal.after(0).toString(),
                journal -> journal.contains("its signature is wrong"));
        assertThat(stand.messages(App.SURFACE)).hasSize(3);
    }

    @Test
    void a_slow_hub_is_called_again() throws Exception {
        var hold = new CountDownLatch(1);
        stand.hub.answers(_ -> {
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Hub.Reply(200, "");
        });
        stand.say(App.SURFACE, Stand.MEMBER, ",\"text\":\"在吗\"");
        stand.callback(0);

        Remote.until(
                () -> stand.simulator.scene().journal.after(0).toString(),
                journal -> journal.contains("HttpTimeoutException"));
        stand.forward("PT5S");
        stand.callback(1);
        hold.countDown();
        assertThat(Stand.xml(stand.callback(1), Corp.APP)).isEqualTo(Stand.xml(stand.callback(0), Corp.APP));
    }

    @Test
    void a_fault_that_is_set_while_a_callback_is_under_way_strikes_the_next() throws Exception {
        stand.hub.answers(_ -> {
            // Whoever plays it sets the fault before the first is answered.
            if (stand.hub.received.size() == 1) setReplay();
            return new Hub.Reply(200, "");
        });
        stand.say(App.SURFACE, Stand.MEMBER, ",\"text\":\"1\"");
        stand.callback(0);
        stand.say(App.SURFACE, Stand.MEMBER, ",\"text\":\"2\"");
        var second = stand.callback(1);

        stand.forward("PT1S");

        assertThat(stand.callback(2).body()).isEqualTo(second.body());
    }

    private void setReplay() {
        try {
            stand.fault("replay", "{\"times\":1}");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void faults_of_callbacks_break_what_they_say() throws Exception {
        stand.fault("bad-signature", "{\"times\":1}");
        stand.say(App.SURFACE, Stand.MEMBER, ",\"text\":\"1\"");
        stand.callback(0);
        stand.fault("foreign-receiver", "{\"times\":1}");
        stand.say(App.SURFACE, Stand.MEMBER, ",\"text\":\"2\"");
        stand.callback(1);
        stand.fault("plain", "{\"times\":1}");
        stand.say(App.SURFACE, Stand.MEMBER, ",\"text\":\"3\"");
        stand.callback(2);
        stand.fault("stale", "{\"times\":1}");
        stand.say(App.SURFACE, Stand.MEMBER, ",\"text\":\"4\"");
        stand.callback(3);
        stand.fault("replay", "{\"times\":1}");
        stand.say(App.SURFACE, Stand.MEMBER, ",\"text\":\"5\"");
        var first = stand.callback(4);
        stand.forward("PT1S");
        var again = stand.callback(5);

        var calls = stand.hub.received;
        var sealed = Xml.read(calls.get(0).body()).getOrDefault("Encrypt", "");
        assertThat(Corp.APP.sign(
                        calls.get(0).query().getOrDefault("timestamp", ""),
                        calls.get(0).query().getOrDefault("nonce", ""),
                        sealed))
                .isNotEqualTo(calls.get(0).query().get("msg_signature"));
        assertThat(Stand.opened(calls.get(1), Corp.APP.forSomebodyElse())).contains("<Content><![CDATA[2]]>");
        assertThat(calls.get(2).body()).contains("<Content><![CDATA[3]]>");
        var now = stand.simulator.scene().time.seconds();
        assertThat(Long.parseLong(calls.get(3).query().getOrDefault("timestamp", "")))
                .isLessThan(now - 7000);
        assertThat(Stand.xml(calls.get(3), Corp.APP)).containsEntry("Content", "4");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.query()).isEqualTo(first.query());
    }

    @Test
    void the_address_is_verified_as_the_console_does_it() throws Exception {
        assertThat(stand.remote
                        .post("/sim/verify", "{\"surface\":\"app\"}")
                        .path("accepted")
                        .asBoolean())
                .isFalse();

        stand.hub.answers(call -> {
            try {
                return new Hub.Reply(200, Corp.APP.open(call.query().getOrDefault("echostr", "")));
            } catch (Seal.BrokenException e) {
                return new Hub.Reply(400, "");
            }
        });
        assertThat(stand.remote
                        .post("/sim/verify", "{\"surface\":\"app\"}")
                        .path("accepted")
                        .asBoolean())
                .isTrue();
        assertThat(stand.remote
                        .post("/sim/verify", "{\"surface\":\"kf\"}")
                        .path("why")
                        .asText())
                .contains("400");
    }

    @Test
    void messages_are_shown_to_whom_they_are_for_and_the_others_are_named() throws Exception {
        var answer =
                send("\"touser\":\"" + Stand.MEMBER + "|nobody\",\"msgtype\":\"text\",\"text\":{\"content\":\"通知\"}");

        assertThat(answer.path("errcode").asInt()).isZero();
        assertThat(answer.path("invaliduser").asText()).isEqualTo("nobody");
        assertThat(send("\"touser\":\"nobody\",\"msgtype\":\"text\",\"text\":{\"content\":\"x\"}")
                        .path("errcode")
                        .asInt())
                .isEqualTo(Wrong.NOBODY);
        stand.fault("invalid-user", "{\"times\":1}");
        var lost = send("\"touser\":\"" + Stand.MEMBER + "\",\"msgtype\":\"text\",\"text\":{\"content\":\"x\"}");
        assertThat(lost.path("errcode").asInt()).isZero();
        assertThat(lost.path("invaliduser").asText()).isEqualTo(Stand.MEMBER);
        assertThat(stand.messages(App.SURFACE)).hasSize(1);
    }

    @Test
    void agent_kind_and_escaped_characters_are_checked_and_long_text_is_cut() throws Exception {
        var wrongAgent = stand.app(
                "send", "{\"touser\":\"@all\",\"agentid\":7,\"msgtype\":\"text\",\"text\":{\"content\":\"x\"}}");
        var escaped = send("\"touser\":\"@all\",\"msgtype\":\"text\",\"text\":{\"content\":\"\\u4f60\"}");
        var unknown = send("\"touser\":\"@all\",\"msgtype\":\"hologram\"");
        var tooLong = send("\"touser\":\"" + Stand.MEMBER + "\",\"msgtype\":\"text\",\"text\":{\"content\":\""
                + "长".repeat(900) + "\"}");
        var markdown = send(
                "\"touser\":\"@all\",\"msgtype\":\"markdown\",\"markdown\":{\"content\":\"" + "长".repeat(900) + "\"}");

        assertThat(wrongAgent.path("errcode").asInt()).isEqualTo(Wrong.AGENT);
        assertThat(escaped.path("errcode").asInt()).isEqualTo(Wrong.ESCAPED);
        assertThat(unknown.path("errcode").asInt()).isEqualTo(Wrong.MESSAGE_TYPE);
        assertThat(tooLong.path("errcode").asInt()).isZero();
        assertThat(markdown.path("errcode").asInt()).isEqualTo(Wrong.TOO_LONG);
        assertThat(stand.messages(App.SURFACE).path(0).path("text").asText()).hasSize(682);
    }

    @Test
    void a_message_sent_again_with_the_check_for_doubles_is_shown_once() throws Exception {
        var message = "\"touser\":\"" + Stand.MEMBER + "\",\"msgtype\":\"text\",\"text\":{\"content\":\"一次\"}";
        var first = send(message);
        var again = send(message + ",\"enable_duplicate_check\":1");
        assertThat(again.path("msgid")).isEqualTo(first.path("msgid"));
        assertThat(stand.messages(App.SURFACE)).hasSize(1);

        send(message);
        assertThat(stand.messages(App.SURFACE)).hasSize(2);
    }

    @Test
    void a_member_gets_thirty_messages_a_minute_and_the_rest_is_dropped_without_a_word() throws Exception {
        for (var i = 0; i < 32; i++) {
            var answer = send(
                    "\"touser\":\"" + Stand.MEMBER + "\",\"msgtype\":\"text\",\"text\":{\"content\":\"" + i + "\"}");
            assertThat(answer.path("errcode").asInt()).isZero();
        }

        assertThat(stand.messages(App.SURFACE)).hasSize(30);
    }

    @Test
    void a_card_is_drawn_pressed_and_changed_once_by_each_code() throws Exception {
        var sent = send("\"touser\":\"" + Stand.MEMBER + """
                ","msgtype":"template_card","template_card":{"card_type":"button_interaction","task_id":"t1",
                "main_title":{"title":"请假","desc":"三天"},"button_list":[{"text":"同意","key":"ok"}]}""");
        var card = stand.messages(App.SURFACE).path(0);
        assertThat(card.path("card").path("title").asText()).isEqualTo("请假");
        assertThat(card.path("card").path("buttons").path(0).path("id").asText())
                .isEqualTo("ok");

        stand.act(
                App.SURFACE,
                Stand.MEMBER,
                "press",
                "\"message\":\"" + card.path("id").asText() + "\",\"button\":\"ok\"");
        var event = Stand.xml(stand.callback(0), Corp.APP);
        assertThat(event)
                .containsEntry("Event", "template_card_event")
                .containsEntry("EventKey", "ok")
                .containsEntry("TaskId", "t1");
        assertThat(update(event.getOrDefault("ResponseCode", ""))).isZero();
        assertThat(update(event.getOrDefault("ResponseCode", ""))).isEqualTo(Wrong.PARAMETER);
        var button =
                stand.messages(App.SURFACE).path(0).path("card").path("buttons").path(0);
        assertThat(button.path("label").asText()).isEqualTo("已同意");
        assertThat(button.path("disabled").asBoolean()).isTrue();
        stand.forward("PT73H");
        assertThat(update(sent.path("response_code").asText())).isEqualTo(Wrong.PARAMETER);
    }

    @Test
    void events_have_no_message_id_and_unknown_ones_come_too() throws Exception {
        stand.act(App.SURFACE, Stand.MEMBER, "enter", "");
        stand.callback(0);
        stand.act(App.SURFACE, Stand.MEMBER, "unknown", "\"event\":\"change_contact\"");

        assertThat(Stand.xml(stand.callback(0), Corp.APP))
                .containsEntry("Event", "enter_agent")
                .doesNotContainKey("MsgId");
        assertThat(Stand.xml(stand.callback(1), Corp.APP)).containsEntry("Event", "change_contact");
    }

    @Test
    void the_app_and_its_members_can_be_asked_for() throws Exception {
        assertThat(asked("agent/get?agentid=1000002").path("name").asText()).isNotEmpty();
        assertThat(asked("agent/get?agentid=7").path("errcode").asInt()).isEqualTo(Wrong.AGENT);
        assertThat(asked("user/get?userid=" + Stand.MEMBER).path("name").asText())
                .isEqualTo("王小明");
        assertThat(asked("user/get?userid=nobody").path("errcode").asInt()).isEqualTo(Wrong.MEMBER);
    }

    private JsonNode asked(String what) throws Exception {
        return stand.remote.get("/cgi-bin/" + what + "&access_token=" + stand.token(Corp.APP_SECRET));
    }

    private JsonNode send(String message) throws Exception {
        return stand.app("send", "{\"agentid\":" + Corp.AGENT + "," + message + "}");
    }

    private int update(String code) throws Exception {
        return stand.app("update_template_card", """
                {"userids":["%s"],"agentid":%d,"response_code":"%s","button":{"replace_name":"已同意"}}""".formatted(Stand.MEMBER, Corp.AGENT, code))
                .path("errcode")
                .asInt();
    }

    private static String reply(Seal seal) {
        var inner = new LinkedHashMap<String, Object>();
        inner.put("MsgType", "text");
        inner.put("Content", "已收到");
        var sealed = seal.close(Xml.of(inner));
        var outer = new LinkedHashMap<String, Object>();
        outer.put("Encrypt", sealed);
        outer.put("MsgSignature", seal.sign("1767225600", "42", sealed));
        outer.put("TimeStamp", 1767225600);
        outer.put("Nonce", "42");
        return Xml.of(outer);
    }
}
