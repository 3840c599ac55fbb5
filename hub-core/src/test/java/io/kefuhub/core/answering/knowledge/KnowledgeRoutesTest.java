package io.kefuhub.core.answering.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.CallWatch;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Role;
import io.kefuhub.core.web.WebServer;
import io.kefuhub.core.web.WebSettings;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnowledgeRoutesTest {
    private final KnowledgeRoom room = new KnowledgeRoom();
    private final Map<String, Caller> sessions = Map.of(
            "keeper", caller(Role.SUPERVISOR, Set.of()),
            "outlet", caller(Role.SUPERVISOR, Set.of(room.outlet)),
            "agent", caller(Role.AGENT, Set.of()));
    private final WebServer server = new WebServer(
            WebSettings.local(0),
            token -> Optional.ofNullable(sessions.get(token)),
            CallWatch.NONE,
            List.of(new KnowledgeRoutes(
                    room.knowledge,
                    room::desks,
                    () -> Set.of("web", "wecom"),
                    ZoneOffset.UTC,
                    (_, _, _, asked) -> asked)));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        room.close();
    }

    @Test
    void an_entry_is_added_read_changed_and_deleted() {
        var keeper = as("keeper");

        var added = keeper.post(
                "/api/knowledge",
                "{\"desk\":\"main\",\"language\":\"zh\",\"question\":\"怎么退货？\",\"similar\":[\"退货流程\"],\"answer\":\"可退\",\"validUntil\":\"2030-01-01T00:00:00Z\"}");
        assertThat(added.status()).isEqualTo(201);
        var path = "/api/knowledge/" + added.json().get("id").asText();
        assertThat(keeper.get(path).json()).isEqualTo(added.json());
        assertThat(added.json().get("desk").asText()).isEqualTo(room.main.toString());
        assertThat(added.json().get("validUntil").asText()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(added.json().has("validFrom")).isFalse();
        assertThat(added.json().has("managedBy")).isFalse();

        var change = "{\"question\":\"怎么退货？\",\"answer\":\"十五天内可退\",\"version\":1}";
        var changed = keeper.put(path, change);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("version").asInt()).isEqualTo(2);
        assertThat(changed.json().get("language").asText()).isEqualTo("zh");
        assertThat(keeper.put(path, change).status()).isEqualTo(409);

        assertThat(keeper.delete(path).status()).isEqualTo(204);
        assertThat(keeper.get(path).status()).isEqualTo(404);
        assertThat(keeper.delete(path).status()).isEqualTo(404);
    }

    @Test
    void an_entry_says_whom_it_is_for_and_keeps_it_until_told_otherwise() {
        var keeper = as("keeper");
        var all = keeper.post("/api/knowledge", "{\"desk\":\"main\",\"question\":\"怎么退货？\",\"answer\":\"请联系客服\"}");
        assertThat(all.json().get("audience").asText()).isEqualTo("all");
        assertThat(all.json().get("channels")).isEmpty();

        var some = keeper.post(
                "/api/knowledge",
                "{\"desk\":\"main\",\"question\":\"怎么退货？\",\"answer\":\"在订单页\",\"audience\":\"signed-in\",\"channels\":[\"web\"]}");
        assertThat(some.status()).as("it asks other people").isEqualTo(201);
        var path = "/api/knowledge/" + some.json().get("id").asText();
        var changed = keeper.put(path, "{\"question\":\"怎么退货？\",\"answer\":\"在订单页点\",\"version\":1}");
        assertThat(changed.json().get("audience").asText()).isEqualTo("signed-in");
        assertThat(changed.json().at("/channels/0").asText()).isEqualTo("web");
        assertThat(keeper.get("/api/knowledge/export?format=csv&desk=main").text())
                .contains("signed-in,web");

        assertThat(tried(keeper, "")).isEqualTo("在订单页点");
        assertThat(tried(keeper, ",\"audience\":\"signed-in\",\"channel\":\"web\""))
                .isEqualTo("在订单页点");
        assertThat(tried(keeper, ",\"audience\":\"anonymous\"")).isEqualTo("请联系客服");
        assertThat(tried(keeper, ",\"channel\":\"wecom\"")).isEqualTo("请联系客服");

        var widened = "{\"question\":\"怎么退货？\",\"answer\":\"甲\",\"audience\":\"all\",\"channels\":[],\"version\":2}";
        assertThat(keeper.put(path, widened).status())
                .as("now two ask the same")
                .isEqualTo(409);
    }

    private static String tried(Browser keeper, String whom) {
        var trial = keeper.post("/api/knowledge/try", "{\"desk\":\"main\",\"question\":\"怎么退货\"" + whom + "}");
        return trial.json().at("/entry/answer").asText();
    }

    @Test
    void a_channel_that_is_not_there_is_named() {
        var keeper = as("keeper");
        var entry = "{\"desk\":\"main\",\"question\":\"怎么退货？\",\"answer\":\"可退\",\"channels\":[\"%s\"]}";

        for (var channel : List.of("wbe", "no key")) {
            var refused = keeper.post("/api/knowledge", entry.formatted(channel));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().toString()).contains("channels", channel);
        }
        var imported = keeper.post(
                "/api/knowledge/import?format=csv&desk=main", "question,answer,channels\nq,a,\"web, wbe\"\n");
        assertThat(imported.json().toString()).contains("wbe").doesNotContain("\"added\":1");
    }

    @Test
    void what_does_not_fit_is_refused_by_the_name_of_its_field() {
        var keeper = as("keeper");

        assertThat(field(keeper.post("/api/knowledge", "{\"desk\":\"main\",\"question\":\" \",\"answer\":\"a\"}")))
                .isEqualTo("question");
        assertThat(field(keeper.post(
                        "/api/knowledge",
                        "{\"desk\":\"main\",\"question\":\"q\",\"answer\":\"" + "x".repeat(8_001) + "\"}")))
                .isEqualTo("answer");
        assertThat(field(keeper.post("/api/knowledge", "{\"question\":\"q\",\"answer\":\"a\"}")))
                .isEqualTo("desk");
        assertThat(field(keeper.post("/api/knowledge", "{\"desk\":\"nowhere\",\"question\":\"q\",\"answer\":\"a\"}")))
                .isEqualTo("desk");
        assertThat(field(keeper.post(
                        "/api/knowledge",
                        "{\"desk\":\"main\",\"language\":\"fr\",\"question\":\"q\",\"answer\":\"a\"}")))
                .isEqualTo("language");
        assertThat(
                        field(
                                keeper.post(
                                        "/api/knowledge",
                                        "{\"desk\":\"main\",\"question\":\"q\",\"answer\":\"a\",\"validFrom\":\"2030-01-01T00:00:00Z\",\"validUntil\":\"2029-01-01T00:00:00Z\"}")))
                .isEqualTo("validUntil");
        assertThat(field(keeper.post(
                        "/api/knowledge",
                        "{\"desk\":\"main\",\"question\":\"q\",\"answer\":\"a\",\"audience\":\"members\"}")))
                .isEqualTo("audience");
        assertThat(field(keeper.get("/api/knowledge?before=x"))).isEqualTo("before");
        assertThat(field(keeper.get("/api/knowledge/export?format=doc"))).isEqualTo("format");
    }

    @Test
    void a_question_is_tried_with_score_and_reason() {
        room.withDemo();
        var agent = as("agent").with("Accept-Language", "zh");

        var direct = agent.post("/api/knowledge/try", "{\"desk\":\"main\",\"question\":\"你好，如何退货？\"}")
                .json();
        var near = agent.post("/api/knowledge/try", "{\"desk\":\"main\",\"question\":\"支持30天无理由退货吗\"}")
                .json();
        var nothing = agent.post("/api/knowledge/try", "{\"desk\":\"main\",\"question\":\"tell me a joke\"}")
                .json();

        assertThat(direct.get("decision").asText()).isEqualTo("direct");
        assertThat(direct.at("/entry/question").asText()).isEqualTo("怎么退货？");
        assertThat(direct.get("score").asDouble()).isBetween(0.85, 1.0);
        assertThat(near.get("decision").asText()).isEqualTo("near");
        assertThat(near.at("/candidates/0/reason").asText()).startsWith("数字不一致");
        assertThat(nothing.get("decision").asText()).isEqualTo("nothing");
    }

    @Test
    void a_file_is_previewed_imported_and_exported_again() {
        var keeper = as("keeper");
        var csv = "question,answer,language\n怎么退货？,七天内可退,zh\n".getBytes(StandardCharsets.UTF_8);

        var preview = keeper.send("POST", "/api/knowledge/import?format=csv&desk=main&dryRun=true", "text/csv", csv);
        assertThat(preview.json().get("added").asInt()).isEqualTo(1);
        assertThat(keeper.get("/api/knowledge").json().get("total").asInt()).isZero();
        var done = keeper.send("POST", "/api/knowledge/import?format=csv&desk=main", "text/csv", csv);
        assertThat(done.json().toString()).contains("\"added\":1", "\"errors\":[]");
        var markdown = keeper.get("/api/knowledge/export?format=md&desk=main");
        assertThat(markdown.header("Content-Type")).startsWith("text/markdown");
        assertThat(markdown.text()).contains("## 怎么退货？\n\n七天内可退");
        var again = keeper.send(
                "POST",
                "/api/knowledge/import?format=md&desk=main",
                "text/markdown",
                markdown.text().getBytes(StandardCharsets.UTF_8));
        assertThat(again.json().get("unchanged").asInt()).isEqualTo(1);
        var wrong = keeper.send(
                "POST",
                "/api/knowledge/import?format=md&desk=main",
                "text/markdown",
                "## q".getBytes(StandardCharsets.UTF_8));
        assertThat(wrong.json().at("/errors/0/line").asInt()).isEqualTo(1);
        assertThat(wrong.json().at("/errors/0/message").asText()).startsWith("the answer is missing");
        var wrongInChinese = keeper.with("Accept-Language", "zh")
                .send(
                        "POST",
                        "/api/knowledge/import?format=csv&desk=main",
                        "text/csv",
                        "问题\n怎么退货\n".getBytes(StandardCharsets.UTF_8));
        assertThat(wrongInChinese.json().at("/errors/0/message").asText()).startsWith("没有列“答案”（answer）");
        var huge =
                keeper.send("POST", "/api/knowledge/import?format=md&desk=main", "text/markdown", new byte[6_000_000]);
        assertThat(huge.status()).isEqualTo(413);
    }

    @Test
    void nobody_sees_or_changes_the_knowledge_of_a_desk_that_is_not_theirs() {
        var entry = (Saved.Done)
                room.knowledge.create("hub", room.main, EntryContent.of(EntryLanguage.ZH, "怎么退货", List.of(), "可退"));
        var path = "/api/knowledge/" + entry.entry().id().value();
        var outlet = as("outlet");

        assertThat(outlet.get(path).status()).isEqualTo(404);
        assertThat(outlet.delete(path).status()).isEqualTo(404);
        assertThat(outlet.get("/api/knowledge").json().get("total").asInt()).isZero();
        assertThat(field(outlet.get("/api/knowledge?desk=main"))).isEqualTo("desk");
        assertThat(outlet.post("/api/knowledge", "{\"question\":\"q\",\"answer\":\"a\"}")
                        .json()
                        .get("desk")
                        .asText())
                .isEqualTo(room.outlet.toString());
        assertThat(as("agent").delete(path).status()).isEqualTo(403);
    }

    @Test
    void what_a_file_declares_is_changed_in_the_file_only() {
        room.knowledge.declare(
                "shop.yaml", Map.of(room.main, List.of(EntryContent.of(EntryLanguage.ZH, "怎么退货", List.of(), "可退"))));
        var entry = as("keeper").get("/api/knowledge").json().at("/entries/0");

        var answer = as("keeper").delete("/api/knowledge/" + entry.get("id").asText());

        assertThat(entry.get("managedBy").asText()).isEqualTo("shop.yaml");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("type").asText()).isEqualTo("/problems/managed-by-file");
    }

    @Test
    void unanswered_questions_are_listed_and_dismissed() {
        room.knowledge.missed(room.main, EntryLanguage.ZH, "帐篷怎么搭", Optional.of(new UUID(1, 1)));
        var keeper = as("keeper");
        KnowledgeRoom.eventually(() ->
                keeper.get("/api/knowledge/unanswered").json().get("questions").size() == 1);

        var question = keeper.get("/api/knowledge/unanswered").json().at("/questions/0");
        assertThat(question.get("question").asText()).isEqualTo("帐篷怎么搭");
        assertThat(question.get("times").asInt()).isEqualTo(1);
        var path = "/api/knowledge/unanswered/" + question.get("id").asText() + "/dismiss";
        assertThat(keeper.post(path).status()).isEqualTo(204);
        assertThat(keeper.get("/api/knowledge/unanswered").json().get("questions"))
                .isEmpty();
        assertThat(keeper.post("/api/knowledge/unanswered/" + new UUID(1, 2) + "/dismiss")
                        .status())
                .isEqualTo(404);
    }

    private static String field(Browser.Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        return answer.json().get("field").asText();
    }

    private Browser as(String who) {
        return new Browser(server.port())
                .with("Cookie", "kefuhub_session=" + who)
                .with("X-CSRF", "csrf");
    }

    private static Caller caller(Role role, Set<UUID> desks) {
        return new Caller(new UUID(0, role.ordinal()), role.name(), Set.of(role), desks, "csrf", false);
    }
}
