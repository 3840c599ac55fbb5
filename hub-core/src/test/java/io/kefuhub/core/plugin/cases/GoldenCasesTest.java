package io.kefuhub.core.plugin.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kefuhub.api.Files.Kept;
import io.kefuhub.api.Http;
import io.kefuhub.api.Language;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Models;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Refusal;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.cases.SomeOffers.Judged;
import io.kefuhub.core.plugin.cases.SomeOffers.Judging;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenCasesTest {
    private static final Response.Source SOURCE = new Response.Source("knowledge", "1", "Returns", 1, "asked for");

    /** Passes in a test, and is long enough for a busy machine to answer within. */
    private static final Duration HASTE = Duration.ofSeconds(2);

    private final Guard guard = Foreign.patientGuard();
    private final Guard hasty = new Guard((_, _, _, _) -> {}, System::nanoTime, HASTE);
    private final AtomicInteger closed = new AtomicInteger();

    @AfterEach
    void end() {
        guard.close();
        hasty.close();
    }

    // Filters

    @Test
    void the_cases_of_hello_are_understood_as_they_are() throws Exception {
        var file = Path.of("../plugins/hello/src/main/resources/META-INF/kefuhub/cases/greeting.json");
        var cases = new GoldenCases.Draft();

        cases.add("greeting.json", Files.readAllBytes(file));

        assertThat(cases.finish().count()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pass    | {"action": "pass"}
            tagged  | {"action": "pass", "tags": ["a", "b"]}
            tagged  | {"action": "pass", "tags": ["b", "a"]}
            rewrite | {"action": "rewrite", "text": "clean"}
            rewrite | {"action": "rewrite", "contains": ["cl", "an"]}
            hold    | {"action": "hold", "reason": "look at it"}
            block   | {"action": "block", "reason": "spam", "tags": []}
            """)
    void a_verdict_that_is_as_expected_passes(String text, String expect) throws Exception {
        assertThat(run(filterCase(text, expect), filter(GoldenCasesTest::asTold)))
                .containsExactly(new CaseResult.Passed("some.json", "one"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pass    | {"action": "hold"}                           | {"action":"hold"}                         | {"action":"pass","tags":[]}
            tagged  | {"action": "pass", "tags": ["b"]}            | {"action":"pass","tags":["b"]}            | {"action":"pass","tags":["a","b"]}
            rewrite | {"action": "rewrite", "text": "dirty"}       | {"action":"rewrite","text":"dirty"}       | {"action":"rewrite","text":"clean","tags":[]}
            rewrite | {"action": "rewrite", "contains": ["dirt"]}  | {"action":"rewrite","contains":["dirt"]}  | {"action":"rewrite","text":"clean","tags":[]}
            hold    | {"action": "hold", "reason": "other"}        | {"action":"hold","reason":"other"}        | {"action":"hold","reason":"look at it","tags":[]}
            hold    | {"action": "hold", "text": "clean"}          | {"action":"hold","text":"clean"}          | {"action":"hold","reason":"look at it","tags":[]}
            """)
    void a_case_that_fails_names_file_case_expected_and_got(String text, String expect, String expected, String got)
            throws Exception {
        var results = run(filterCase(text, expect), filter(GoldenCasesTest::asTold));

        assertThat(results).containsExactly(new CaseResult.Failed("some.json", "one", expected, got));
        assertThat(results.getFirst().refusal())
                .contains(Refusal.of(Why.CASE_FAILED, "one", "some.json", expected, got));
    }

    @Test
    void what_is_given_reaches_the_filter() throws Exception {
        var seen = new CopyOnWriteArrayList<Judged>();
        run("""
                {"contribution": "shield", "settings": {"most": 3, "loud": true, "word": "x"}, "cases": [{"name": "one",
                 "given": {"stage": "CUSTOMER_IN", "text": "first\\nsecond", "facts": {"language": "zh-CN", "desk": "shop",
                   "channel": "web", "attributes": {"tier": "gold"}, "firstSeen": "2025-05-05T05:05:05Z",
                   "recent": ["before"]}},
                 "expect": {"action": "pass"}}]}""", filter(judged -> {
            seen.add(judged);
            return Verdict.pass();
        }));

        assertThat(seen.getFirst().message().parts()).containsExactly(new Part.Text("first"), new Part.Text("second"));
        assertThat(seen.getFirst().stage()).isEqualTo(Stage.CUSTOMER_IN);
        assertThat(seen.getFirst().facts())
                .isEqualTo(new Facts(
                        "shop",
                        "web",
                        Language.ZH_CN,
                        Map.of("tier", "gold"),
                        Instant.parse("2025-05-05T05:05:05Z"),
                        List.of("before")));
        assertThat(seen.getFirst().settings().number(SomeOffers.MOST)).isEqualTo(3);
    }

    @Test
    void facts_that_are_left_out_have_their_usual_values() throws Exception {
        var seen = new CopyOnWriteArrayList<Judged>();
        run(filterCase("hi", "{\"action\": \"pass\"}"), filter(judged -> {
            seen.add(judged);
            return Verdict.pass();
        }));

        assertThat(seen.getFirst().facts())
                .isEqualTo(new Facts("desk", "channel", Language.EN, Map.of(), ScratchContext.NOW, List.of()));
    }

    @Test
    void a_stage_the_filter_does_not_look_at_fails() throws Exception {
        var cases = filterCase("hi", "{\"action\": \"pass\"}").replace("CUSTOMER_IN", "BOT_OUT");

        assertThat(run(cases, filter(_ -> Verdict.pass())))
                .containsExactly(new CaseResult.Failed(
                        "some.json", "one", "{\"action\":\"pass\"}", "it looks at [CUSTOMER_IN] only"));
    }

    @Test
    void an_exception_fails_its_case_and_no_other() throws Exception {
        var cases = """
                {"contribution": "shield", "cases": [
                  {"name": "bad", "given": {"stage": "CUSTOMER_IN", "text": "throw"}, "expect": {"action": "pass"}},
                  {"name": "good", "given": {"stage": "CUSTOMER_IN", "text": "pass"}, "expect": {"action": "pass"}}]}""";

        assertThat(run(cases, filter(GoldenCasesTest::asTold)))
                .containsExactly(
                        new CaseResult.Failed("some.json", "bad", "{\"action\":\"pass\"}", "IllegalStateException: no"),
                        new CaseResult.Passed("some.json", "good"));
    }

    @Test
    void a_filter_that_is_late_twice_fails() throws Exception {
        var asked = new AtomicInteger();
        var results = run(hasty, filterCase("hi", "{\"action\": \"pass\"}"), filter(_ -> {
            asked.incrementAndGet();
            new CountDownLatch(1).await();
            return Verdict.pass();
        }));

        assertThat(results)
                .singleElement()
                .isInstanceOfSatisfying(
                        CaseResult.Failed.class,
                        failed -> assertThat(failed.got()).startsWith("no answer after"));
        assertThat(asked.get()).isEqualTo(2);
    }

    @Test
    void a_filter_whose_first_call_alone_is_late_passes() throws Exception {
        var first = new AtomicInteger();
        var results = run(hasty, filterCase("hi", "{\"action\": \"pass\"}"), filter(_ -> {
            if (first.getAndIncrement() == 0) new CountDownLatch(1).await();
            return Verdict.pass();
        }));

        assertThat(results).containsExactly(new CaseResult.Passed("some.json", "one"));
    }

    @Test
    void the_instance_is_closed_at_the_end_and_what_it_started_ends() throws Exception {
        var begun = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        run(filterCase("hi", "{\"action\": \"pass\"}"), filter(judged -> {
            judged.context().tasks().run("wait", () -> {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException _) {
                    ended.countDown();
                }
            });
            begun.await();
            return Verdict.pass();
        }));

        assertThat(closed.get()).isEqualTo(1);
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void the_outside_is_out_of_reach_and_the_clock_stands_still() throws Exception {
        var closings = new AtomicInteger();
        assertThat(run(filterCase("hi", "{\"action\": \"pass\"}"), filter(judged -> {
                    var context = judged.context();
                    var here = URI.create("https://api.example.com/v1");
                    assertThat(context.http()
                                    .call(Http.Request.get(here, Duration.ofSeconds(1)))
                                    .send())
                            .isEqualTo(new Http.Outcome.NotAllowed("api.example.com"));
                    var socket = context.http().connect(here, Map.of(), new Closings(closings));
                    assertThat(socket.send("hi")).isFalse();
                    assertThat(context.files().keep("a.txt", new ByteArrayInputStream(new byte[1]), 10))
                            .isInstanceOf(Kept.NotAllowed.class);
                    assertThat(context.files().find("f_1")).isEmpty();
                    assertThat(context.clock().instant()).isEqualTo(ScratchContext.NOW);
                    return Verdict.pass();
                })))
                .containsExactly(new CaseResult.Passed("some.json", "one"));
        assertThat(closings.get()).isEqualTo(1008);
    }

    @Test
    void the_store_is_empty_at_first_and_works() throws Exception {
        var day = Duration.ofDays(1);
        assertThat(run(filterCase("hi", "{\"action\": \"pass\"}"), filter(judged -> {
                    var store = judged.context().store();
                    assertThat(store.get("k")).isEmpty();
                    assertThat(store.putIfAbsent("k", "1", day)).isTrue();
                    assertThat(store.putIfAbsent("k", "2", day)).isFalse();
                    assertThat(store.compareAndSet("k", "2", "3", day)).isFalse();
                    assertThat(store.compareAndSet("k", "1", "3", day)).isTrue();
                    store.put("gone", "x", Duration.ZERO);
                    assertThat(store.get("gone")).isEmpty();
                    assertThat(store.remove("k")).contains("3");
                    assertThat(store.remove("k")).isEmpty();
                    return Verdict.pass();
                })))
                .containsExactly(new CaseResult.Passed("some.json", "one"));
    }

    @Test
    void settings_that_make_no_instance_are_named() throws Exception {
        var cases = filterCase("hi", "{\"action\": \"pass\"}")
                .replace("\"cases\"", "\"settings\": {\"most\": \"many\"}, \"cases\"");

        assertThat(run(cases, filter(_ -> Verdict.pass())))
                .containsExactly(new CaseResult.NotAsked(
                        "some.json", Refusal.of(Why.CASES_NOT_MADE, "some.json", "most: a whole number is expected")));
    }

    @Test
    void a_contribution_that_is_not_offered_is_named() throws Exception {
        var cases = filterCase("hi", "{\"action\": \"pass\"}").replace("shield", "sword");

        assertThat(run(cases, filter(_ -> Verdict.pass())))
                .containsExactly(new CaseResult.NotAsked(
                        "some.json", Refusal.of(Why.CASES_NOT_OFFERED, "some.json", "filter", "sword")));
    }

    @Test
    void when_time_is_up_the_rest_is_not_asked() throws Exception {
        var file = CaseFile.read(
                "some.json", filterCase("hi", "{\"action\": \"pass\"}").getBytes(StandardCharsets.UTF_8));
        var asked = new AtomicInteger();
        var offer = filter(_ -> {
            asked.incrementAndGet();
            return Verdict.pass();
        });

        var results = new CaseRun(guard, System.nanoTime()).of(file, List.of(offer));

        assertThat(results)
                .containsExactly(
                        new CaseResult.NotAsked("some.json", Refusal.of(Why.CASES_TOO_SLOW, "some.json", "one")));
        assertThat(asked.get()).isZero();
    }

    // Responders

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            answer | {"action": "answer", "contains": ["seven days"]}
            answer | {"action": "answer", "text": "Within seven days."}
            menu   | {"action": "menu", "contains": ["Did you mean", "Returns", "Refunds"]}
            person | {"action": "hand-over", "reason": "asked for", "contains": ["A colleague"]}
            odd    | {"action": "pass", "reason": "not mine"}
            """)
    void a_response_that_is_as_expected_passes(String text, String expect) throws Exception {
        assertThat(run(responderCase(text, expect), SomeOffers.responder((turn, _) -> asTold(turn))))
                .containsExactly(new CaseResult.Passed("some.json", "one"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            answer | {"action": "pass"}                                | {"action":"answer","text":"Within seven days."}
            answer | {"action": "answer", "contains": ["nine days"]}   | {"action":"answer","text":"Within seven days."}
            person | {"action": "hand-over", "reason": "other"}        | {"action":"hand-over","text":"A colleague comes.","reason":"asked for"}
            """)
    void a_response_that_is_not_as_expected_fails(String text, String expect, String got) throws Exception {
        assertThat(run(responderCase(text, expect), SomeOffers.responder((turn, _) -> asTold(turn))))
                .singleElement()
                .isInstanceOfSatisfying(
                        CaseResult.Failed.class,
                        failed -> assertThat(failed.got()).isEqualTo(got));
    }

    @Test
    void history_and_facts_reach_the_responder_and_no_model_does() throws Exception {
        var seen = new CopyOnWriteArrayList<Turn>();
        var cases = """
                {"kind": "responder", "contribution": "desk-bot", "cases": [{"name": "one",
                 "given": {"text": "And mine?", "facts": {"language": "zh-CN", "desk": "shop", "attributes": {"tier": "gold"}},
                   "history": [{"by": "customer", "text": "Hello"}, {"by": "hub", "text": "Good day"}]},
                 "expect": {"action": "pass", "reason": "no model"}}]}""";

        assertThat(run(cases, SomeOffers.responder((turn, context) -> {
                    seen.add(turn);
                    var said = context.models().ask("cheap", "", List.of(), new Quiet(), new Quiet());
                    return new Response.Pass(said instanceof Models.ModelAnswer.Unavailable ? "no model" : "a model");
                })))
                .containsExactly(new CaseResult.Passed("some.json", "one"));

        assertThat(seen.getFirst().question().text()).isEqualTo("And mine?");
        assertThat(seen.getFirst().language()).isEqualTo(Language.ZH_CN);
        assertThat(seen.getFirst().desk()).isEqualTo("shop");
        assertThat(seen.getFirst().contact().attributes()).isEqualTo(Map.of("tier", "gold"));
        var hello = new Turn.Line(true, "Hello");
        var goodDay = new Turn.Line(false, "Good day");
        assertThat(seen.getFirst().history().latest(40)).containsExactly(hello, goodDay);
        assertThat(seen.getFirst().history().latest(1)).containsExactly(goodDay);
        assertThat(seen.getFirst().history().latest(0)).isEmpty();
    }

    // What cannot be understood

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [1, 2]                                                   | CASES_NOT_JSON | some.json;1
            {"contribution": "a"                                     | CASES_NOT_JSON | some.json;1
            {"contribution": "a", "contribution": "b", "cases": []}  | CASES_NOT_JSON | some.json;1
            {"contribution": "shield"}                               | CASE_LACKS     | some.json;cases
            {"cases": []}                                            | CASE_LACKS     | some.json;contribution
            {"contribution": "a", "cases": [], "more": 1}            | CASE_UNKNOWN   | some.json;more
            {"contribution": "a", "cases": {}}                       | CASE_UNUSABLE  | some.json;cases;{};[…]
            {"contribution": "a", "cases": [1]}                      | CASE_UNUSABLE  | some.json;cases;1;[{…}]
            {"contribution": 1, "cases": []}                         | CASE_UNUSABLE  | some.json;contribution;1;"…"
            {"contribution": "a", "cases": [{}]}                     | CASE_LACKS     | some.json #1;name
            {"contribution": "a", "settings": {"s": []}, "cases": []}| CASE_UNUSABLE  | some.json;s;[];"…"
            {"kind": "channel", "contribution": "a", "cases": []}    | CASE_UNUSABLE  | some.json;kind;channel;filter, responder
            """)
    void a_file_that_cannot_be_understood_is_named(String json, Why why, String values) {
        assertRefused(json, why, values);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "given": {"stage": "CUSTOMER_IN", "text": "hi"}            | CASE_LACKS    | expect
            "expect": {"action": "pass"}                               | CASE_LACKS    | given
            "given": "hi", "expect": {"action": "pass"}                | CASE_UNUSABLE | given;"hi";{…}
            "given": {"text": "hi"}, "expect": {"action": "pass"}      | CASE_LACKS    | stage
            "given": {"stage": "IN", "text": "hi"}, "expect": {"action": "pass"} | CASE_UNUSABLE | stage;IN;CUSTOMER_IN, BOT_OUT, AGENT_OUT, TO_MODEL, TO_AGENT
            "given": {"stage": "BOT_OUT", "text": " "}, "expect": {"action": "pass"} | CASE_UNUSABLE | text;;Where is my parcel?
            "given": {"stage": "BOT_OUT", "text": "x", "facts": {"language": "?"}}, "expect": {"action": "pass"} | CASE_UNUSABLE | language;?;en, zh-CN
            "given": {"stage": "BOT_OUT", "text": "x", "facts": {"firstSeen": "now"}}, "expect": {"action": "pass"} | CASE_UNUSABLE | firstSeen;now;2026-01-01T00:00:00Z
            "given": {"stage": "BOT_OUT", "text": "x", "facts": {"recents": []}}, "expect": {"action": "pass"} | CASE_UNKNOWN | recents
            "given": {"stage": "BOT_OUT", "text": "x"}, "expect": {"action": "answer"} | CASE_UNUSABLE | action;answer;pass, rewrite, hold, block
            "given": {"stage": "BOT_OUT", "text": "x"}, "expect": {"action": "pass", "tag": []} | CASE_UNKNOWN | tag
            "given": {"stage": "BOT_OUT", "text": "x"}, "expect": {"action": "pass", "tags": "a"} | CASE_UNUSABLE | tags;"a";[…]
            """)
    void a_case_that_cannot_be_understood_is_named_with_its_file(String fields, Why why, String values) {
        assertRefused(
                "{\"contribution\": \"a\", \"cases\": [{\"name\": \"one\", " + fields + "}]}",
                why,
                "some.json “one”;" + values);
    }

    @Test
    void two_cases_of_one_name_are_refused() {
        var one = """
                {"name": "one", "given": {"stage": "BOT_OUT", "text": "x"}, "expect": {"action": "pass"}}""";

        assertRefused(
                "{\"contribution\": \"a\", \"cases\": [" + one + "," + one + "]}",
                Why.CASE_UNUSABLE,
                "some.json #2;name;one;one 2");
    }

    @Test
    void too_many_cases_are_refused() {
        var cases = IntStream.rangeClosed(1, 1_001).mapToObj("""
                        {"name": "%d", "given": {"stage": "BOT_OUT", "text": "x"}, "expect": {"action": "pass"}}"""::formatted).collect(Collectors.joining(","));

        assertRefused("{\"contribution\": \"a\", \"cases\": [" + cases + "]}", Why.TOO_MANY_CASES, "1000;100");
    }

    @Test
    void a_file_that_is_too_large_is_refused() {
        assertRefused(" ".repeat(1024 * 1024 + 1), Why.CASES_TOO_LARGE, "some.json;1024");
    }

    private static void assertRefused(String json, Why why, String values) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> read(json))
                .satisfies(refused ->
                        assertThat(refused.refusal()).contains(Refusal.of(why, (Object[]) values.split(";", -1))));
    }

    private static GoldenCases read(String json) throws RefusedException {
        var draft = new GoldenCases.Draft();
        draft.add("some.json", json.getBytes(StandardCharsets.UTF_8));
        return draft.finish();
    }

    private List<CaseResult> run(String json, Offer<?> offer) throws RefusedException {
        return run(guard, json, offer);
    }

    private static List<CaseResult> run(Guard door, String json, Offer<?> offer) throws RefusedException {
        return read(json).run(door, List.of(offer));
    }

    private Offer<?> filter(Judging judging) {
        return SomeOffers.filter(closed, judging);
    }

    private static String filterCase(String text, String expect) {
        return """
                {"contribution": "shield", "cases": [
                  {"name": "one", "given": {"stage": "CUSTOMER_IN", "text": "%s"}, "expect": %s}]}""".formatted(text, expect);
    }

    private static String responderCase(String text, String expect) {
        return """
                {"kind": "responder", "contribution": "desk-bot", "cases": [
                  {"name": "one", "given": {"text": "%s"}, "expect": %s}]}""".formatted(text, expect);
    }

    private static Verdict asTold(Judged judged) throws IOException {
        return switch (judged.message().text()) {
            case "tagged" -> new Verdict.Pass(Set.of("a", "b"));
            case "rewrite" -> Verdict.rewrite(List.of(new Part.Text("clean")));
            case "hold" -> Verdict.hold("look at it");
            case "block" -> Verdict.block("spam");
            case "throw" -> throw new IOException("no");
            default -> Verdict.pass();
        };
    }

    private static Response asTold(Turn turn) {
        var options = List.of(new Part.Menu.Option("1", "Returns"), new Part.Menu.Option("2", "Refunds"));
        return switch (turn.question().text()) {
            case "answer" -> new Response.Answer(List.of(new Part.Text("Within seven days.")), SOURCE);
            case "menu" -> new Response.Menu(new Part.Menu("Did you mean", options), SOURCE);
            case "person" -> new Response.HandOver("asked for", Optional.of("A colleague comes."));
            default -> new Response.Pass("not mine");
        };
    }

    private record Quiet() implements AiSink, Cancel {
        @Override
        public void content(String piece) {}

        @Override
        public void reasoning(String piece) {}

        @Override
        public void usage(Usage usage) {}

        @Override
        public boolean isRequested() {
            return false;
        }

        @Override
        public void onRequest(Runnable action) {}
    }

    private record Closings(AtomicInteger code) implements Http.SocketListener {
        @Override
        public void onText(String text) {}

        @Override
        public void onBinary(byte[] bytes) {}

        @Override
        public void onClosed(int closedWith, String reason) {
            code.set(closedWith);
        }
    }
}
