package io.kefuhub.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.bench.Hub;
import io.kefuhub.bench.JsonWire;
import io.kefuhub.bench.Load;
import io.kefuhub.bench.Visitors;
import io.kefuhub.bench.proof.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packed hub asks its model once what a thousand want to know, and anew what only looks equal. */
@Timeout(180)
final class EqualQuestionsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "asks-only-once-1";
    private static final String AI = "ai-openai-1.0.0.jar";
    private static final int CUSTOMERS = 1_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String OTHER_DESK = "wk_other";

    /** Near what the shops know, and not the same. */
    private static final String QUESTION = "退货寄回去的运费到底由谁来承担呀";

    private static final List<String> EQUAL =
            List.of(QUESTION, "请问" + QUESTION, QUESTION + "？？", "你好，" + QUESTION + "谢谢");
    private static final String PERSONAL = "我的电话是 13912345678，" + QUESTION;
    private static final String ANSWER = "不喜欢的商品，寄回的运费由您承担，首重大约 8 到 12 元。";
    private static final Pattern PASSAGE =
            Pattern.compile("<passage number=\"(\\d+)\"[^>]*>\\s*退货运费谁出(?s:.)*?</passage>");

    @TempDir
    Path folder;

    private final CountDownLatch everybodyAsked = new CountDownLatch(1);

    private String thinks(String question, String all) {
        try {
            everybodyAsked.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        var passage = PASSAGE.matcher(all);
        assertThat(passage.find()).as(all).isTrue();
        var fields = JSON.createObjectNode()
                .put("answer", ANSWER)
                .put("kind", "answer")
                .put("handover", false)
                .put("confidence", 0.9);
        fields.putArray("citations").add(passage.group(1));
        return fields.toString();
    }

    @Test
    void a_thousand_equal_questions_at_once_are_one_call_and_what_only_looks_equal_is_another() throws Exception {
        var unpacked = UnpackedHub.prepared();
        var home = folder.resolve("home");
        try (var model = new StubModel(this::thinks)) {
            declare(home, model);
            Files.copy(
                    unpacked.resolve("plugins-available").resolve(AI),
                    home.resolve("plugins").resolve(AI));
            MadeDatabase.in(home);
            try (var hub = Hub.start(unpacked, home, UnpackedHub.PATIENT);
                    var admin = new Console(hub.url, () -> false, new Random())) {
                var books = new HubBooks(hub);
                admin.signIn("cache.admin", PASSWORD);
                await("the model serves", () -> serves(admin));

                a_thousand_ask(hub, books, model);
                assertThat(ask(hub, QUESTION)).isEqualTo(ANSWER);
                assertThat(model.asked()).as("calls for equal questions").isEqualTo(1);

                another_desk_does_not_hear_it(hub, model);
                who_names_a_phone_is_answered_alone(hub, model);
                what_is_published_counts_from_then_on(hub, admin, model);
                books.noQuestionIsLostOrAnsweredTwice();
                books.balance();
            }
        }
    }

    private void a_thousand_ask(Hub hub, HubBooks books, StubModel model) throws Exception {
        try (var visitors = new Visitors(hub.url);
                var load = new Load(visitors, new JsonWire(), CUSTOMERS, false, EQUAL)) {
            load.everyone();
            await("everybody asked", () -> asked(books) == CUSTOMERS);
            await("the model is asked", () -> model.asked() > 0);
            everybodyAsked.countDown();
            load.finish();

            assertThat(load.answers()).isEqualTo(CUSTOMERS);
        }
        assertThat(model.asked()).isEqualTo(1);
        assertThat(books.number("select count(*) from attempt")).isEqualTo(1);
        assertThat(books.number("select count(*) from message where author = 'BOT' and parts::text like '%" + ANSWER
                        + "%' and trace -> 'source' -> 'citations' -> 0 ->> 'title' like '退货运费谁出%'"))
                .as("whole answers that name their entry")
                .isEqualTo(CUSTOMERS);
    }

    private static void another_desk_does_not_hear_it(Hub hub, StubModel model)
            throws IOException, InterruptedException {
        try (var bert = new Guest(hub.url, OTHER_DESK)) {
            assertThat(bert.asks(QUESTION)).isEqualTo(ANSWER);
        }
        assertThat(model.asked()).isEqualTo(2);
    }

    private static void who_names_a_phone_is_answered_alone(Hub hub, StubModel model)
            throws IOException, InterruptedException {
        ask(hub, PERSONAL);
        ask(hub, PERSONAL);
        assertThat(model.asked()).isEqualTo(4);
        ask(hub, QUESTION);
        assertThat(model.asked()).isEqualTo(4);
    }

    private static void what_is_published_counts_from_then_on(Hub hub, Console admin, StubModel model)
            throws IOException {
        var reply = admin.post("/api/knowledge", JSON.readTree("""
                        {"desk":"main","language":"zh-CN","question":"松鼠爱吃什么？","answer":"松子。"}"""));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);

        await("the model is asked anew", () -> {
            ask(hub, QUESTION);
            return model.asked() == 5;
        });
        ask(hub, QUESTION);
        assertThat(model.asked()).isEqualTo(5);
    }

    /** Asks as somebody new; gives what is said to that. */
    private static String ask(Hub hub, String question) {
        try (var anna = new Guest(hub.url)) {
            return anna.asks(question);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long asked(HubBooks books) {
        try {
            return books.number("select count(*) from message where author = 'CUSTOMER'");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean serves(Console admin) {
        try {
            return admin.get("/api/deployments")
                    .body()
                    .at("/deployments/0/health/serving")
                    .asBoolean();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static void declare(Path home, StubModel model) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("plugins"));
        Files.writeString(
                home.resolve("conf/models.yaml"), """
                people:
                  cache.admin: {name: Cache, roles: [admin], password: %s, mustChangePassword: false}
                plugins:
                  ai-openai: {allow: {files: true, secrets: true}}
                providers:
                  openai: {type: openai, settings: {address: "%s", key: k}}
                deployments:
                  main: {provider: openai, model: stub}
                aliases:
                  support: {deployments: [main]}
                modelRules:
                  customers: {turnsIn30Seconds: 0, turnsInAnHour: 0}
                money:
                  books: {currency: CNY}
                  prices:
                    - {provider: "*", model: stub, currency: CNY, input: 1, output: 2}
                desks:
                  other: {title: {zh-CN: 另一家店, en: Another shop}, language: zh-CN}
                channels:
                  %s: {type: web, title: Another shop, desk: other}
                knowledge:
                  - desk: other
                    entries:
                      - {language: zh-CN, question: 退货运费谁出？, answer: "不喜欢的商品运费由您承担，首重大约 8 到 12 元。"}
                responders:
                  helper: {type: ai, order: 0, settings: {alias: support}}
                  faq: {type: faq, order: 1}
                """.formatted(PASSWORD, model.address(ModelWire.OPENAI), OTHER_DESK));
    }
}
