package io.kefuhub.simulators.feishu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class MessagesTest {
    private final Tenant tenant = new Tenant();
    private String said = "";
    private String chat = "";

    @BeforeEach
    void somebody_asked() throws Exception {
        tenant.signedIn();
        said = tenant.say(Feishu.WEBHOOK, "请问订单到哪了？");
        chat = tenant.chat(said);
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void what_the_bot_sends_is_on_the_customers_screen() throws Exception {
        var sent = tenant.send(chat, "您好 &lt;王&gt;, <at user_id=\"ou_x\">Anna</at>", "u-1")
                .data();

        var shown = tenant.shown(sent.path("message_id").asText());
        assertThat(sent.path("chat_id").asText()).isEqualTo(chat);
        assertThat(shown.path("text").asText()).isEqualTo("您好 <王>, @Anna");
        assertThat(shown.path("by").asText()).isEqualTo("HUB");
        assertThat(shown.path("thread").asText()).isEqualTo(tenant.customer(Feishu.WEBHOOK));
    }

    @Test
    void the_same_uuid_is_one_message_for_an_hour() throws Exception {
        var first = tenant.send(chat, "一", "same").data().path("message_id").asText();
        tenant.forward("PT59M");
        var second = tenant.send(chat, "一", "same").data().path("message_id").asText();
        tenant.forward("PT2M");
        var third = tenant.send(chat, "一", "same").data().path("message_id").asText();

        assertThat(second).isEqualTo(first);
        assertThat(third).isNotEqualTo(first);
        assertThat(tenant.send(chat, "一", "x".repeat(51)).code()).isEqualTo(99992402);
    }

    @Test
    void an_answer_stands_under_what_it_answers() throws Exception {
        var answer = tenant.reply(said, "在路上").data();
        var second = tenant.reply(answer.path("message_id").asText(), "明天到").data();

        assertThat(answer.path("parent_id").asText()).isEqualTo(said);
        assertThat(second.path("root_id").asText()).isEqualTo(said);
        assertThat(second.path("parent_id").asText())
                .isEqualTo(answer.path("message_id").asText());
        var shown = tenant.shown(answer.path("message_id").asText());
        assertThat(shown.path("aside").path("quoted").asText()).isEqualTo("请问订单到哪了？");
    }

    @Test
    void a_message_that_was_recalled_cannot_be_answered() throws Exception {
        tenant.act(Feishu.WEBHOOK, "recall", Json.object().put("message", said));

        assertThat(tenant.reply(said, "在路上").code()).isEqualTo(230011);
        assertThat(tenant.shown(said).path("recalled").asBoolean()).isTrue();
    }

    @Test
    void a_chat_takes_five_a_second_and_more_a_second_later() throws Exception {
        tenant.forward("PT2S");
        var answers = new ArrayList<CompletableFuture<Integer>>();
        for (var i = 0; i < 30; i++) answers.add(tenant.sendAsync(chat, "第" + i));
        var codes = answers.stream().map(CompletableFuture::join).toList();
        tenant.forward("PT1S");

        assertThat(codes).contains(0, 230020).containsOnly(0, 230020);
        assertThat(codes.stream().filter(code -> code == 0).count()).isGreaterThanOrEqualTo(5);
        assertThat(tenant.send(chat, "later", "").code()).isZero();
    }

    @Test
    void beyond_fifty_a_second_the_app_is_told_how_long_to_wait() throws Exception {
        var limits = new Limits(InstantSource.fixed(Instant.EPOCH));
        for (var i = 0; i < 50; i++) limits.send("oc_" + i);

        assertThatThrownBy(() -> limits.send("oc_50")).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.code).isEqualTo(Code.TOO_MANY);
            assertThat(refusal.limit).isEqualTo(new Refusal.Limit(50, Duration.ofSeconds(1)));
        });
        tenant.fault("rate-limit", 1);
        var refused = tenant.send(chat, "x", "");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo(99991400);
        assertThat(refused.header("x-ogw-ratelimit-reset")).isEqualTo("1");
    }

    @Test
    void content_of_each_kind_is_checked_before_it_is_sent() throws Exception {
        assertThat(tenant.call(
                                "POST",
                                "/im/v1/messages?receive_id_type=chat_id",
                                "{\"receive_id\":\"" + chat + "\",\"msg_type\":\"text\",\"content\":\"no json\"}")
                        .code())
                .isEqualTo(230001);
        assertThat(tenant.send(chat, "post", Json.object().put("title", "no locale"), "")
                        .code())
                .isEqualTo(230001);
        assertThat(tenant.send(chat, "image", Json.object().put("image_key", "img_made_up"), "")
                        .code())
                .isEqualTo(230001);
        assertThat(tenant.send(chat, "x".repeat(150 * 1024), "").code()).isEqualTo(230025);
        assertThat(tenant.send("oc_elsewhere", "x", "").code()).isEqualTo(230002);
    }

    @Test
    void a_post_is_drawn_line_by_line() throws Exception {
        var post = Json.object();
        var lines = post.putObject("zh_cn").put("title", "发货").putArray("content");
        var line = lines.addArray();
        line.addObject().put("tag", "text").put("text", "查询：");
        line.addObject().put("tag", "a").put("text", "物流").put("href", "https://www.example.com");
        lines.addArray().addObject().put("tag", "md").put("text", "**明天**到");

        var sent =
                tenant.send(chat, "post", post, "p-1").data().path("message_id").asText();

        assertThat(tenant.shown(sent).path("text").asText()).isEqualTo("发货\n查询：物流 (https://www.example.com)\n**明天**到");
    }

    @Test
    void own_messages_are_edited_and_recalled_and_those_of_customers_are_not() throws Exception {
        var sent = tenant.send(chat, "明天到", "e-1").data().path("message_id").asText();
        var edit = Json.object()
                .put("msg_type", "text")
                .put("content", "{\"text\":\"后天到\"}")
                .toString();

        assertThat(tenant.call("PUT", "/im/v1/messages/" + sent, edit).code()).isZero();
        assertThat(tenant.shown(sent).path("text").asText()).isEqualTo("后天到");
        assertThat(tenant.call("PUT", "/im/v1/messages/" + said, edit).code()).isEqualTo(230071);
        assertThat(tenant.call("DELETE", "/im/v1/messages/" + said, "").code()).isEqualTo(230026);
        assertThat(tenant.call("DELETE", "/im/v1/messages/" + sent, "").code()).isZero();
        assertThat(tenant.shown(sent).path("recalled").asBoolean()).isTrue();
        assertThat(tenant.call("PUT", "/im/v1/messages/" + sent, edit).code()).isEqualTo(230011);
    }

    @Test
    void a_recall_comes_too_late_after_a_day() throws Exception {
        var sent = tenant.send(chat, "明天到", "d-1").data().path("message_id").asText();
        tenant.forward("PT24H1M");

        assertThat(tenant.signedIn()
                        .call("DELETE", "/im/v1/messages/" + sent, "")
                        .code())
                .isEqualTo(230026);
    }

    @Test
    void a_card_is_changed_when_it_said_that_it_may_be() throws Exception {
        var open = tenant.send(chat, "interactive", card(true, "一"), "c-1")
                .data()
                .path("message_id")
                .asText();
        var closed = tenant.send(chat, "interactive", card(false, "一"), "c-2")
                .data()
                .path("message_id")
                .asText();
        var next = Json.object().put("content", card(true, "二").toString()).toString();

        assertThat(tenant.call("PATCH", "/im/v1/messages/" + open, next).code()).isZero();
        assertThat(tenant.call("PATCH", "/im/v1/messages/" + closed, next).code())
                .isEqualTo(230001);
        assertThat(tenant.shown(open).path("card").path("text").asText()).isEqualTo("二");
        tenant.forward("P14DT1M");
        assertThat(tenant.signedIn()
                        .call("PATCH", "/im/v1/messages/" + open, next)
                        .code())
                .isEqualTo(230031);
    }

    @Test
    void a_reaction_is_seen_under_the_message_until_it_is_taken_away() throws Exception {
        var put = tenant.call(
                "POST", "/im/v1/messages/" + said + "/reactions", "{\"reaction_type\":{\"emoji_type\":\"Typing\"}}");
        var marks = tenant.shown(said).path("aside").path("marks");
        var id = put.data().path("reaction_id").asText();
        var taken = tenant.call("DELETE", "/im/v1/messages/" + said + "/reactions/" + id, "");

        assertThat(marks.path(0).asText()).isEqualTo("Typing · 客服助手");
        assertThat(taken.code()).isZero();
        assertThat(tenant.shown(said).path("aside").path("marks")).isEmpty();
        assertThat(tenant.call("DELETE", "/im/v1/messages/" + said + "/reactions/" + id, "")
                        .code())
                .isEqualTo(231011);
    }

    @Test
    void a_merged_forward_is_looked_at_with_what_it_holds() throws Exception {
        var forwarded = tenant.say(
                Feishu.WEBHOOK, Json.object().put("kind", "merge_forward").put("text", "第一条\n第二条"));

        var items =
                tenant.call("GET", "/im/v1/messages/" + forwarded, "").data().path("items");

        assertThat(items).hasSize(3);
        assertThat(items.path(2).path("upper_message_id").asText()).isEqualTo(forwarded);
        assertThat(items.path(2).path("body").path("content").asText()).contains("第二条");
    }

    @Test
    void the_history_comes_in_pages() throws Exception {
        tenant.say(Feishu.WEBHOOK, "二");
        tenant.say(Feishu.WEBHOOK, "三");
        var path = "/im/v1/messages?container_id_type=chat&page_size=2&container_id=" + chat;

        var first = tenant.call("GET", path, "").data();
        var rest = tenant.call(
                        "GET", path + "&page_token=" + first.path("page_token").asText(), "")
                .data();

        assertThat(first.path("items")).hasSize(2);
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(rest.path("items")).hasSize(1);
        assertThat(rest.path("has_more").asBoolean()).isFalse();
    }

    @Test
    void somebody_out_of_range_and_a_bot_that_is_off_get_nothing() throws Exception {
        tenant.act(Feishu.WEBHOOK, "range", Json.object().put("in", "false"));
        assertThat(tenant.send(chat, "x", "").code()).isEqualTo(230013);
        tenant.act(Feishu.WEBHOOK, "range", Json.object().put("in", "true"));
        tenant.act(Feishu.WEBHOOK, "activate", Json.object().put("on", "false"));
        assertThat(tenant.send(chat, "x", "").code()).isEqualTo(230006);
    }

    @Test
    void a_name_needs_its_permission_and_the_refusal_says_which() throws Exception {
        var path = "/contact/v3/users/" + tenant.customer(Feishu.WEBHOOK) + "?user_id_type=open_id";
        var named = tenant.call("GET", path, "").data().path("user");
        take("contact:user.email:readonly");
        var withoutEmail = tenant.call("GET", path, "").data().path("user");
        take("contact:user.base:readonly");
        var refused = tenant.call("GET", path, "");

        assertThat(named.path("name").asText()).isEqualTo("王小明");
        assertThat(named.path("email").asText()).contains("@");
        assertThat(withoutEmail.has("email")).isFalse();
        assertThat(refused.code()).isEqualTo(99991672);
        assertThat(refused.body().path("msg").asText()).contains("contact:user.base:readonly");
        assertThat(tenant.call("GET", "/contact/v3/users/ou_nobody", "").code()).isEqualTo(99991672);
    }

    private void take(String scope) throws IOException, InterruptedException {
        tenant.act(Feishu.WEBHOOK, "scope", Json.object().put("scope", scope).put("granted", "false"));
    }

    private static ObjectNode card(boolean shared, String text) {
        var card = Json.object();
        card.putObject("config").put("update_multi", shared);
        card.putArray("elements").addObject().put("tag", "markdown").put("content", text);
        return card;
    }
}
