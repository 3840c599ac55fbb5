package io.kefuhub.channel.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.kit.FakeInbox;
import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.channel.web.frame.BadFrame;
import io.kefuhub.channel.web.frame.Json;
import io.kefuhub.channel.web.frame.JsonObject;
import io.kefuhub.channel.web.frame.JsonWire;
import io.kefuhub.channel.web.identity.TestTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallsTest {
    private final World world = new World();
    private final Browser anna = new Browser(world, new JsonWire());

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_session_says_who_and_where_and_leaves_no_row() throws BadFrame {
        var session = anna.visits();

        assertThat(session.text("token")).matches("vt_[A-Za-z0-9_-]{43}");
        assertThat(session.text("ws")).isEqualTo("wss://hub.example/widget/1/wk_demo/ws");
        assertThat(session.text("expiresAt")).isEqualTo("2026-04-01T00:00:00Z");
        assertThat(session.has("conversation")).isFalse();
        assertThat(session.object("visitor").orElseThrow().flag("verified")).isFalse();
        var config = session.object("config").orElseThrow();
        assertThat(config.object("availability").orElseThrow().text("state")).isEqualTo("away");
        assertThat(config.object("limits").orElseThrow().number("text")).isEqualTo(4000);
        assertThat(world.context.store().contents()).isEmpty();
    }

    @Test
    void a_session_is_resumed_with_its_conversation_even_after_a_restart() throws BadFrame {
        anna.visits();
        var sent = World.json(anna.posts("/messages", message("a1", "A")));
        world.context.conversations().botSays(sent.text("conversation"), "B");
        var token = anna.token();
        world.kill();

        var session = anna.visits();

        assertThat(anna.token()).isEqualTo(token);
        var conversation = session.object("conversation").orElseThrow();
        assertThat(conversation.text("id")).isEqualTo(sent.text("conversation"));
        assertThat(conversation.number("lastSeq")).isEqualTo(2);
        assertThat(conversation.number("unread")).isEqualTo(1);
        assertThat(conversation.text("state")).isEqualTo("bot");
    }

    @Test
    void a_token_dies_ninety_days_after_its_last_use() {
        anna.visits();
        anna.posts("/messages", message("a1", "A"));
        world.context.clock().move(Duration.ofDays(80));
        assertThat(anna.gets(World.get("/events")).status()).isEqualTo(200);
        world.context.clock().move(Duration.ofDays(80));
        assertThat(anna.gets(World.get("/events")).status()).isEqualTo(200);
        world.context.clock().move(Duration.ofDays(91));
        assertThat(anna.gets(World.get("/events")).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "vt_x", "guess", "vt_../../etc"})
    void a_token_that_never_was_opens_nothing(String token) {
        anna.token(token);

        assertRefused(world.call(World.post("/session", "{\"token\":\"" + token + "\"}")), 401, "token_invalid");
        assertRefused(anna.gets(World.get("/events")), 401, "token_invalid");
        assertRefused(anna.posts("/messages", message("a1", "A")), 401, "token_invalid");
        assertThat(world.context.conversations().incoming()).isEmpty();
    }

    @Test
    void a_bad_identity_is_401_and_never_an_unverified_session() {
        for (var identity :
                List.of(TestTokens.identity("user-42", "guessed"), TestTokens.unsigned("user-42"), "x.y.z")) {
            assertRefused(
                    world.call(World.post("/session", "{\"identity\":\"" + identity + "\"}")), 401, "identity_refused");
        }
        world.context.clock().move(Duration.ofHours(2));
        var stale = TestTokens.identity("user-42", World.SECRET);
        assertRefused(world.call(World.post("/session", "{\"identity\":\"" + stale + "\"}")), 401, "identity_refused");
        assertThat(world.context.store().contents()).isEmpty();
    }

    @Test
    void what_a_site_says_of_the_same_customer_again_is_known_from_then_on() throws BadFrame {
        anna.visits(",\"identity\":\"" + TestTokens.identity("user-1", "silver", World.SECRET) + "\"");
        anna.visits(",\"identity\":\"" + TestTokens.identity("user-1", "gold", World.SECRET) + "\"");
        assertThat(level("user-1")).isEqualTo("gold");

        anna.posts("/messages", message("a1", "A"));
        world.restart();
        anna.posts("/messages", message("a2", "B"));

        assertThat(world.context.conversations().incoming())
                .hasSize(2)
                .allSatisfy(said -> assertThat(said.contact().attributes()).containsEntry("level", "gold"));
        assertThat(level("user-1")).isEqualTo("gold");
    }

    private String level(String subject) {
        return world.context
                .conversations()
                .contact(subject)
                .orElseThrow()
                .attributes()
                .getOrDefault("level", "");
    }

    @Test
    void a_user_hash_is_believed_only_where_the_admin_said_so() {
        var body = "{\"user_id\":\"user-42\",\"user_hash\":"
                + "\"3f46f3cf00fa3fd839bcce4a1189006ceb370728832d1fc192045702d99fc54c\"}";
        assertRefused(world.call(World.post("/session", body)), 401, "identity_refused");
        try (var trusting = new World(Map.of("user-hash", "true"))) {
            assertThat(trusting.call(World.post("/session", body)).status()).isEqualTo(200);
        }
    }

    @Test
    void the_next_customer_on_a_shared_computer_sees_nothing_of_the_first() throws BadFrame {
        anna.visits(identityOf("user-1"));
        anna.posts("/messages", message("a1", "secret"));
        var first = anna.token();

        var session = anna.visits(identityOf("user-2"));

        assertThat(anna.token()).isNotEqualTo(first);
        assertThat(session.has("conversation")).isFalse();
        assertThat(World.text(anna.gets(World.get("/events")))).doesNotContain("secret");
        anna.token(first);
        assertThat(anna.gets(World.get("/events")).status()).isEqualTo(401);
    }

    @Test
    void a_message_is_stored_once_however_often_it_is_posted() {
        anna.visits();
        var first = anna.posts("/messages", message("a1", "A"));
        world.kill();
        var second = anna.posts("/messages", message("a1", "A"));

        assertThat(first.status()).isEqualTo(200);
        assertThat(World.text(second)).isEqualTo(World.text(first));
        assertThat(world.context.conversations().incoming()).hasSize(1);
        assertThat(world.context
                        .conversations()
                        .incoming()
                        .getFirst()
                        .language()
                        .orElseThrow()
                        .tag())
                .isEqualTo("zh-CN");
    }

    @Test
    void history_comes_in_pages_both_ways() throws BadFrame {
        anna.visits();
        var conversation =
                World.json(anna.posts("/messages", message("a1", "A"))).text("conversation");
        for (var n = 2; n <= 10; n++) world.context.conversations().botSays(conversation, "n" + n);

        var forward = World.json(
                anna.gets(World.get("/events").withQuery("after", "3").withQuery("limit", "4")));
        var backward = World.json(
                anna.gets(World.get("/events").withQuery("before", "4").withQuery("limit", "9")));

        assertThat(seqs(forward)).containsExactly(4L, 5L, 6L, 7L);
        assertThat(forward.flag("more")).isTrue();
        assertThat(forward.number("lastSeq")).isEqualTo(10);
        assertThat(seqs(backward)).containsExactly(1L, 2L, 3L);
        assertThat(backward.flag("more")).isFalse();
        assertRefused(anna.gets(World.get("/events").withQuery("after", "-1")), 400, "malformed");
    }

    @Test
    void a_visitor_reads_types_and_rates() throws BadFrame {
        anna.visits();
        assertThat(anna.posts("/typing", "{\"on\":true}").status()).isEqualTo(204);
        assertThat(world.context.inbox().typings()).isEmpty();
        var sent = World.json(anna.posts("/messages", message("a1", "A")));
        var reply = world.context.conversations().botSays(sent.text("conversation"), "B");

        assertThat(anna.posts("/typing", "{\"on\":true}").status()).isEqualTo(204);
        assertThat(anna.posts("/read", "{\"upTo\":2}").status()).isEqualTo(204);
        assertThat(anna.posts("/feedback", "{\"messageId\":\"" + reply + "\",\"score\":5,\"text\":\"<b>好</b>\"}")
                        .status())
                .isEqualTo(204);

        assertThat(anna.visits().object("conversation").orElseThrow().number("unread"))
                .isZero();
        assertThat(world.context.inbox().ratings()).singleElement().satisfies(rating -> {
            assertThat(rating.messageId()).contains(reply);
            assertThat(rating.score()).isEqualTo(5);
            assertThat(rating.text()).isEqualTo("<b>好</b>");
        });
        assertRefused(anna.posts("/feedback", "{\"messageId\":\"m_other\",\"score\":5}"), 404, "not_found");
        assertRefused(anna.posts("/feedback", "{\"messageId\":\"" + reply + "\",\"score\":6}"), 422, "bad_score");
    }

    @Test
    void what_is_rated_is_one_message_or_the_whole_conversation_and_always_ones_own() throws BadFrame {
        anna.visits();
        var sent = World.json(anna.posts("/messages", message("a1", "A")));
        var conversation = sent.text("conversation");
        var reply = world.context.conversations().botSays(conversation, "B");
        var bob = new Browser(world, new JsonWire());
        bob.visits();
        bob.posts("/messages", message("b1", "B"));

        assertThat(anna.posts("/feedback", feedback("conversationId", conversation))
                        .status())
                .isEqualTo(204);
        assertThat(anna.posts(
                                "/feedback",
                                "{\"conversationId\":\"" + conversation + "\",\"messageId\":\"" + reply
                                        + "\",\"score\":1}")
                        .status())
                .isEqualTo(204);
        assertRefused(anna.posts("/feedback", feedback("messageId", sent.text("messageId"))), 404, "not_found");
        assertRefused(bob.posts("/feedback", feedback("messageId", reply)), 404, "not_found");
        assertRefused(bob.posts("/feedback", feedback("conversationId", conversation)), 404, "not_found");
        assertRefused(anna.posts("/feedback", "{\"score\":5}"), 400, "malformed");

        assertThat(world.context.inbox().ratings())
                .extracting(FakeInbox.Rating::messageId)
                .containsExactly(Optional.empty(), Optional.of(reply));
    }

    private static String feedback(String what, String id) {
        return "{\"" + what + "\":\"" + id + "\",\"score\":4}";
    }

    @Test
    void a_post_may_reply_to_a_message_and_to_no_other() throws BadFrame {
        anna.visits();
        assertRefused(anna.posts("/messages", reply("a0", "m_never")), 404, "unknown_message");
        var first = World.json(anna.posts("/messages", message("a1", "A")));

        assertThat(anna.posts("/messages", reply("a2", first.text("messageId"))).status())
                .isEqualTo(200);
        assertRefused(anna.posts("/messages", reply("a3", "m_never")), 404, "unknown_message");

        var events = World.json(anna.gets(World.get("/events"))).objects("events");
        assertThat(events).hasSize(2);
        var quote = events.getLast()
                .object("message")
                .orElseThrow()
                .object("replyTo")
                .orElseThrow();
        assertThat(quote.text("id")).isEqualTo(first.text("messageId"));
        assertThat(quote.text("text")).isEqualTo("A");
    }

    private static String reply(String cid, String messageId) {
        return message(cid, "re").replaceFirst("\\{", "{\"replyTo\":\"" + messageId + "\",");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "nonsense",
                "{",
                "{\"cid\":7,\"parts\":[]}",
                "{\"parts\":[]}",
                "{\"cid\":\"a\",\"parts\":[7]}",
                "{\"cid\":\"a\",\"parts\":{}}"
            })
    void malformed_bodies_are_400(String body) {
        anna.visits();

        assertRefused(anna.posts("/messages", body), 400, "malformed");
    }

    @Test
    void oversized_bodies_are_413_and_long_texts_422() {
        anna.visits();

        assertRefused(anna.posts("/messages", " ".repeat(70_000)), 413, "too_large");
        assertRefused(anna.posts("/messages", message("a1", "x".repeat(4_001))), 422, "too_long");
        assertThat(anna.posts("/messages", message("a2", "😀".repeat(4_000))).status())
                .isEqualTo(200);
    }

    @Test
    void a_message_the_hub_cannot_store_now_is_503() {
        anna.visits();
        world.context.inbox().refuseNext("the database is away", true);

        var reply = anna.posts("/messages", message("a1", "A"));

        assertRefused(reply, 503, "unavailable");
        assertThat(reply.headers()).containsKey("Retry-After");
    }

    @Test
    void a_first_message_while_the_database_is_away_is_503_and_stored_when_it_comes_again() throws BadFrame {
        anna.visits();
        world.context.store().away(true);

        var reply = anna.posts("/messages", message("a1", "A"));

        assertRefused(reply, 503, "unavailable");
        assertThat(reply.headers()).containsKey("Retry-After");
        world.context.store().away(false);
        assertThat(World.json(anna.posts("/messages", message("a1", "A"))).number("seq"))
                .isEqualTo(1);
    }

    @Test
    void a_foreign_page_may_call_nothing() {
        var foreign = World.post("/session", "{}").withHeader("Origin", "https://evil.example");

        assertRefused(world.call(foreign), 403, "foreign_origin");
    }

    @Test
    void unknown_calls_are_404_and_wrong_methods_405() {
        assertRefused(world.call(World.get("/nothing")), 404, "not_found");
        assertRefused(world.call(World.get("")), 404, "not_found");
        assertThat(world.call(World.get("/session")).headers()).containsEntry("Allow", "POST");
    }

    @Test
    void one_address_opens_so_many_sessions_an_hour() {
        try (var strict = new World(Map.of("sessions-per-hour", "20"))) {
            for (var n = 0; n < 20; n++)
                assertThat(strict.call(World.post("/session", "{}")).status()).isEqualTo(200);
            var refused = strict.call(World.post("/session", "{}"));
            assertRefused(refused, 429, "rate_limited");
            assertThat(refused.headers()).containsEntry("Retry-After", "3600");
            strict.context.clock().move(Duration.ofHours(1));
            assertThat(strict.call(World.post("/session", "{}")).status()).isEqualTo(200);
        }
    }

    @Test
    void the_frame_may_be_embedded_where_the_admin_said() {
        try (var other = new World(Map.of("allowed-origins", "https://shop.example\nhttps://www.shop.example:8443"))) {
            var policy = other.call(World.get("/frame")).headers().get("Content-Security-Policy");
            assertThat(policy)
                    .contains("default-src 'self'")
                    .endsWith("frame-ancestors 'self' https://shop.example https://www.shop.example:8443")
                    .doesNotContain("unsafe");
        }
        assertThat(world.call(World.get("/frame")).headers()).doesNotContainKey("X-Frame-Options");
    }

    @Test
    void the_frame_carries_the_words_that_the_admin_put_in_the_place_of_its_own() {
        var line = "de.send = Los <!--</script>";
        try (var other = new World(Map.of("words", line + "\nde.human=Wirt rufen\nja.send： 送る"))) {
            var frame = other.call(World.get("/frame"));

            assertThat(World.text(frame)).contains("""
                            <script type="application/json" id="own-words">\
                            {"de":{"human":"Wirt rufen","send":"Los \\u003c!--\\u003c/script>"},"ja":{"send":"送る"}}\
                            </script></head>""");
            var usual = world.call(World.get("/frame"));
            assertThat(World.text(usual)).doesNotContain("own-words");
            assertThat(frame.headers().get("ETag")).isNotEqualTo(usual.headers().get("ETag"));
        }
    }

    @Test
    void pages_and_scripts_are_served_whole_and_hold_nothing_inline() {
        var factory = new WebChannelFactory();
        var loader = factory.serve(Requests.get("/widget.js").call());
        var shop = factory.serve(Requests.get("/chat").call());

        assertThat(World.bytes(loader)).hasSizeBetween(1_000, 15 * 1024);
        for (var page : List.of(shop, world.call(World.get("/frame")))) {
            assertThat(World.text(page)).doesNotContainPattern("<script(?![^>]*src=)|<style|style=|\\son[a-z]+=");
            var matcher =
                    Pattern.compile("(?:src|href)=\"(/widget/app/[^\"]+)\"").matcher(World.text(page));
            assertThat(matcher.results().map(found -> found.group(1)))
                    .isNotEmpty()
                    .allSatisfy(path -> assertThat(
                                    factory.serve(Requests.get(path).call()).status())
                            .isEqualTo(200));
        }
        assertThat(factory.serve(Requests.get("/widget/app/../frame.html").call())
                        .status())
                .isEqualTo(404);
        assertThat(factory.serve(Requests.get("/widget/app/hub_widget.proto").call())
                        .status())
                .isEqualTo(200);
        assertThat(factory.serve(Requests.get("/widget.js")
                                .withHeader("If-None-Match", loader.headers().getOrDefault("ETag", ""))
                                .call())
                        .status())
                .isEqualTo(304);
    }

    static void assertRefused(WebReply reply, int status, String code) {
        assertThat(reply.status()).as(World.text(reply)).isEqualTo(status);
        assertThat(reply.headers().get("Content-Type")).startsWith("application/problem+json");
        try {
            assertThat(World.json(reply).text("code")).isEqualTo(code);
            assertThat(World.json(reply).number("status")).isEqualTo(status);
        } catch (BadFrame e) {
            throw new AssertionError(e);
        }
    }

    static String message(String cid, String text) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("cid", cid);
            json.writeArrayFieldStart("parts");
            json.writeStartObject();
            json.writeStringField("type", "text");
            json.writeStringField("text", text);
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static String identityOf(String subject) {
        return ",\"identity\":\"" + TestTokens.identity(subject, World.SECRET) + "\"";
    }

    private static List<Long> seqs(JsonObject page) throws BadFrame {
        var seqs = new ArrayList<Long>();
        for (var event : page.objects("events")) seqs.add(event.number("seq"));
        return seqs;
    }
}
