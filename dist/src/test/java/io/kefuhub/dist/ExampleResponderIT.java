package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.bench.Hub;
import io.kefuhub.bench.JsonWire;
import io.kefuhub.bench.Ledger;
import io.kefuhub.bench.Load;
import io.kefuhub.bench.Visitors;
import io.kefuhub.bench.proof.Console;
import io.kefuhub.bench.swap.PluginJars;
import io.kefuhub.dist.plugin.Hiding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example responder takes the place of the built-in ones while customers ask, and leaves it again. */
@Timeout(180)
final class ExampleResponderIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "orders-and-a-model-1";
    private static final String AI = "ai-openai-1.0.0.jar";
    private static final String JAR = "responder-example-1.0.0.jar";
    private static final String ORDER = "我的订单 KH-20260001 到哪里了？";
    private static final String ON_ITS_WAY = "您的订单 KH20260001：on its way。";
    private static final String TEA = "你们卖茶叶吗？";
    private static final Duration CALLED_OFF = Duration.ofMillis(500);
    /** Where the responder does not answer. */
    private static final String OTHER_DESK = "wk_other";

    private static final String OF_OTHER_DESK = "另一家店的订单请看快递短信。";

    @TempDir
    Path folder;

    /** All that the model was ever told. */
    private final List<String> told = new CopyOnWriteArrayList<>();

    private String thinks(String question, String all) {
        told.add(all);
        return question.contains(Hiding.PLACEHOLDER) ? "好的，会打 " + Hiding.PLACEHOLDER + " 找您。" : StubModel.ANSWER;
    }

    @Test
    void a_responder_that_is_dropped_answers_under_load_and_the_built_in_ones_are_back_when_it_is_removed()
            throws Exception {
        var unpacked = UnpackedHub.prepared();
        var home = folder.resolve("home");
        declare(home);
        Files.copy(
                unpacked.resolve("plugins-available").resolve(AI),
                home.resolve("plugins").resolve(AI));
        MadeDatabase.in(home);
        try (var model = new StubModel(this::thinks);
                var hub = Hub.start(unpacked, home, UnpackedHub.PATIENT);
                var admin = new Console(hub.url, () -> false, new Random());
                var ledger = new Ledger(hub);
                var load = new Load(new Visitors(hub.url), new JsonWire(), 12, false)) {
            var books = new HubBooks(hub);
            var budget = setUp(admin, model);
            load.steady(20);
            load.pass(1);
            assertThat(answer(hub, ORDER)).doesNotContain("KH20260001：");
            the_other_desk_is_answered_as_ever(hub);

            var jar = home.resolve("plugins").resolve(JAR);
            Files.copy(unpacked.resolve("plugins-available").resolve(JAR), jar);
            awaitAnswer(hub, true);
            assertThat(answer(hub, TEA)).isEqualTo(StubModel.ANSWER);
            the_other_desk_is_answered_as_ever(hub);
            what_may_not_leave_does_not_and_is_back_in_the_answer(hub);
            its_word_for_a_person_calls_one(hub, books);
            BestOfThree.within(CALLED_OFF, () -> who_asks_for_a_person_ends_the_call(hub, model));
            BestOfThree.within(CALLED_OFF, () -> who_writes_on_ends_the_call_and_is_answered(hub, model));
            BestOfThree.within(CALLED_OFF, () -> a_person_who_joins_ends_the_call(hub, model, admin, books));
            without_money_nobody_is_asked_and_the_turn_goes_on(hub, model, admin, budget);
            load.pass(1);
            Files.delete(jar);
            awaitAnswer(hub, false);
            the_other_desk_is_answered_as_ever(hub);
            load.pass(1);
            load.finish();

            assertThat(load.answers()).isEqualTo(load.asked()).isPositive();
            books.noQuestionIsLostOrAnsweredTwice();
            assertThat(ledger.answeredBy("orders")).containsOnlyKeys("1.0.0");
            assertThat(books.number("select count(*) from attempt where assistant = 'orders' and cost > 0"))
                    .as("calls in the books")
                    .isPositive();
            books.balance();
            assertThat(books.number("select count(*) from budget_period where subject = 'orders' and spent > 0"))
                    .as("accounts that were compared")
                    .isPositive();
        }
    }

    private static void the_other_desk_is_answered_as_ever(Hub hub) throws IOException, InterruptedException {
        try (var bert = new Guest(hub.url, OTHER_DESK)) {
            assertThat(bert.asks(ORDER)).isEqualTo(OF_OTHER_DESK);
        }
    }

    private static void its_word_for_a_person_calls_one(Hub hub, HubBooks books) throws Exception {
        var question = "再不退款我就让律师联系你们了";
        assertThat(answer(hub, question)).contains("转接人工客服");
        assertThat(books.text("""
                        select conversation.mode || ' by ' || (said.trace ->> 'responder') from message asked
                        join message said on said.answers = asked.id
                        join conversation on conversation.id = asked.conversation_id
                        where asked.parts::text like '%%%s%%'""".formatted(question))).isEqualTo("WAITING by orders");
    }

    private void what_may_not_leave_does_not_and_is_back_in_the_answer(Hub hub)
            throws IOException, InterruptedException {
        assertThat(answer(hub, "请打 " + Hiding.PHONE + " 给我介绍一下茶叶")).isEqualTo("好的，会打 " + Hiding.PHONE + " 找您。");
        assertThat(told)
                .noneMatch(all -> all.contains(Hiding.PHONE))
                .anyMatch(all -> all.contains("请打 " + Hiding.PLACEHOLDER + " 给我"));
    }

    private static Duration who_asks_for_a_person_ends_the_call(Hub hub, StubModel model)
            throws IOException, InterruptedException {
        try (var anna = new Guest(hub.url)) {
            anna.says(StubModel.SILENCE);
            var silent = model.silent();
            var before = System.nanoTime();

            assertThat(anna.asks("转人工")).contains("转接人工客服");
            return silent.leftAfter(before);
        }
    }

    private static Duration who_writes_on_ends_the_call_and_is_answered(Hub hub, StubModel model)
            throws IOException, InterruptedException {
        try (var anna = new Guest(hub.url)) {
            anna.says(StubModel.SILENCE);
            var silent = model.silent();
            var before = System.nanoTime();
            anna.says(TEA);

            assertThat(anna.hears(1)).containsExactly(StubModel.ANSWER);
            return silent.leftAfter(before);
        }
    }

    private static Duration a_person_who_joins_ends_the_call(Hub hub, StubModel model, Console admin, HubBooks books)
            throws Exception {
        try (var anna = new Guest(hub.url)) {
            anna.says(StubModel.SILENCE);
            var silent = model.silent();
            var conversation =
                    books.text("select conversation_id from message where author = 'CUSTOMER' and parts::text like '%"
                            + StubModel.SILENCE + "%' order by at desc limit 1");
            var before = System.nanoTime();
            must(admin.post("/api/conversations/" + conversation + "/take", JSON.createObjectNode()));
            return silent.leftAfter(before);
        }
    }

    /** What lies below what was spent lets no more calls be made; others answer what a model would have. */
    private static void without_money_nobody_is_asked_and_the_turn_goes_on(
            Hub hub, StubModel model, Console admin, String budget) throws IOException, InterruptedException {
        must(admin.put("/api/budgets/" + budget, JSON.readTree("""
                {"amount":"0.000000001","enabled":true}""")));
        // Whatever was under way is over.
        answer(hub, TEA);
        var asked = model.asked();

        assertThat(answer(hub, "怎么退货")).contains("7 天");
        assertThat(answer(hub, TEA)).isNotEqualTo(StubModel.ANSWER);
        assertThat(model.asked()).isEqualTo(asked);
    }

    /** Makes the packed plugin speak to the stub for money, as an admin does; gives the id of a budget that suffices. */
    private static String setUp(Console admin, StubModel model) throws IOException {
        admin.signIn("order.admin", PASSWORD);
        awaitOffer(admin, "\"openai\"");
        must(admin.put(
                "/api/instances/ai_provider/main", JSON.readTree("""
                {"contribution":"openai","settings":{"address":"%s","key":"k","pictures":"false"}}""".formatted(model.address(ModelWire.OPENAI)))));
        must(admin.post("/api/prices", JSON.readTree("""
                {"provider":"openai","model":"stub","currency":"CNY","input":"1","output":"2"}""")));
        must(admin.put("/api/deployments/main", JSON.readTree("""
                {"instance":"main","model":"stub"}""")));
        must(admin.put("/api/aliases/support", JSON.readTree("{\"deployments\":[\"main\"]}")));
        return must(admin.post("/api/budgets", JSON.readTree("""
                        {"scope":"assistant","subject":"orders","period":"day","amount":"100"}"""))).path("id").asText();
    }

    /** The plugin is started once the file that allows it was read. */
    private static void awaitOffer(Console admin, String id) throws IOException {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!admin.get("/api/contributions").body().toString().contains(id)) {
            assertThat(System.nanoTime()).as("%s is offered", id).isLessThan(end);
            LockSupport.parkNanos(100_000_000);
        }
    }

    private static JsonNode must(Console.Reply reply) {
        assertThat(reply.status()).as(reply.body().toString()).isLessThan(300);
        return reply.body();
    }

    private static void awaitAnswer(Hub hub, boolean byExample) throws IOException, InterruptedException {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (answer(hub, ORDER).contains(ON_ITS_WAY) != byExample) {
            assertThat(System.nanoTime()).as("the answerer changes").isLessThan(end);
            LockSupport.parkNanos(100_000_000);
        }
    }

    /** Asks as somebody new; gives what is said to that. */
    private static String answer(Hub hub, String question) throws IOException, InterruptedException {
        try (var anna = new Guest(hub.url)) {
            anna.says(question);
            return anna.hears(1).getFirst();
        }
    }

    private static void declare(Path home) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("plugins"));
        Files.write(home.resolve("plugins/hiding.jar"), PluginJars.packed("hiding", "1.0.0", Hiding.class));
        Files.writeString(home.resolve("conf/orders.yaml"), """
                people:
                  order.admin: {name: Orders, roles: [admin], password: %s, mustChangePassword: false}
                plugins:
                  ai-openai: {allow: {files: true, secrets: true}}
                filters:
                  hiding: {type: hiding}
                modelRules:
                  customers: {turnsIn30Seconds: 0, turnsInAnHour: 0}
                desks:
                  other: {title: {zh-CN: 另一家店, en: Another shop}, language: zh-CN}
                channels:
                  %s: {type: web, title: Another shop, desk: other}
                knowledge:
                  - desk: other
                    entries:
                      - {language: zh-CN, question: "%s", answer: "%s"}
                responders:
                  orders:
                    type: orders
                    desks: [main]
                    order: 0
                    settings:
                      orders: [KH-20260001 on its way]
                      alias: support
                  faq: {type: faq, order: 1}
                """.formatted(PASSWORD, OTHER_DESK, ORDER, OF_OTHER_DESK));
    }
}
