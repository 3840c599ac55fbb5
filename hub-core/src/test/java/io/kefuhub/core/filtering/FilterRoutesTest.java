package io.kefuhub.core.filtering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Hush;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Scope;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Terms;
import io.kefuhub.core.plugin.Waits;
import io.kefuhub.core.telemetry.LogLines;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.CallWatch;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Json;
import io.kefuhub.core.web.Role;
import io.kefuhub.core.web.WebServer;
import io.kefuhub.core.web.WebSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the filters would make of a message that nobody wrote, asked over HTTP. */
class FilterRoutesTest {
    private static final UUID SHOP = new UUID(0, 1);
    private static final UUID REPAIRS = new UUID(0, 2);
    private static final String SECRET = "my number is 13912345678";

    private final TrialBench bench = new TrialBench();
    private final Verdicts verdicts = new Verdicts(Clock.systemUTC());
    private final FilterChain chain = new FilterChain(bench.contributions, bench.guard, verdicts::note);
    private final WebServer server = new WebServer(
                    WebSettings.local(0),
                    FilterRoutesTest::caller,
                    CallWatch.NONE,
                    List.of(new FilterRoutes(
                            bench.contributions,
                            bench.guard,
                            verdicts,
                            Clock.systemUTC(),
                            new FilterRoutes.Around(
                                    () -> Map.of("shop", SHOP, "repairs", REPAIRS),
                                    () -> Set.of("web"),
                                    (_, _) -> Language.ZH_CN,
                                    (key, _) -> "the filter " + key,
                                    (desk, language) -> "refused at " + desk + " in " + language))))
            .start();
    private final Browser owner = as(Role.OWNER);

    @AfterEach
    void stop() {
        server.close();
        bench.close();
    }

    @Test
    void each_filter_says_its_verdict_in_order_and_what_it_left_of_the_text() {
        serve("trim", text -> Verdict.rewrite(List.of(new Part.Text(text.strip()))));
        serve(
                "mask",
                text -> new Verdict.Rewrite(
                        List.of(new Part.Text(text.replaceAll("\\d", "*"))), Set.of("phone"), Map.of()));
        serve("look", _ -> Verdict.pass());

        var tried = tried("{\"text\":\" call 139 \",\"desk\":\"shop\",\"stage\":\"CUSTOMER_IN\"}");

        assertThat(texts(tried, "key")).containsExactly("trim", "mask", "look");
        assertThat(texts(tried, "title")).contains("the filter mask");
        assertThat(texts(tried, "version")).containsOnly("1");
        assertThat(texts(tried, "verdict")).containsExactly("rewrite", "rewrite", "pass");
        assertThat(texts(tried, "text")).containsExactly("call 139", "call ***", "call ***");
        assertThat(tried.at("/steps/1/tags/0").asText()).isEqualTo("phone");
        assertThat(tried.get("outcome").asText()).isEqualTo("passed");
        assertThat(tried.get("text").asText()).isEqualTo("call ***");
        assertThat(tried.get("language").asText()).isEqualTo("zh-CN");
        assertThat(tried.has("told")).isFalse();
    }

    @Test
    void the_filter_that_stops_it_is_named_and_none_after_it_is_asked() {
        var asked = new AtomicInteger();
        serve("block", _ -> new Verdict.Block("it is an advert", "Please no adverts.", Set.of()));
        serve("late", _ -> {
            asked.incrementAndGet();
            return Verdict.pass();
        });

        var tried = tried("{\"text\":\"buy\",\"desk\":\"shop\",\"stage\":\"CUSTOMER_IN\"}");

        assertThat(tried.get("outcome").asText()).isEqualTo("blocked");
        assertThat(tried.get("filter").asText()).isEqualTo("block");
        assertThat(tried.get("reason").asText()).isEqualTo("it is an advert");
        assertThat(tried.get("told").asText()).isEqualTo("Please no adverts.");
        assertThat(tried.at("/steps/1/notAsked").asText()).isEqualTo("stopped");
        assertThat(asked).hasValue(0);
    }

    @Test
    void its_author_is_told_what_the_hub_says_where_the_filter_has_no_words_and_nothing_while_it_is_held() {
        serve("block", text -> text.equals("no") ? Verdict.block("") : Verdict.hold("look at it"));

        var blocked = tried("{\"text\":\"no\",\"desk\":\"shop\",\"stage\":\"CUSTOMER_IN\",\"language\":\"en\"}");
        var held = tried("{\"text\":\"hm\",\"desk\":\"shop\",\"stage\":\"CUSTOMER_IN\"}");
        var agent = tried("{\"text\":\"hm\",\"desk\":\"shop\",\"stage\":\"AGENT_OUT\"}");

        assertThat(blocked.get("told").asText()).isEqualTo("refused at shop in en");
        assertThat(held.get("outcome").asText()).isEqualTo("held");
        assertThat(held.has("told")).isFalse();
        assertThat(agent.get("told").asText()).isEqualTo("The filter block stops it: look at it");
    }

    @Test
    void what_is_not_asked_says_why() {
        serve("elsewhere", Set.of(Stage.BOT_OUT), (_, _) -> Verdict.block(""));
        var terms = Terms.of(Kind.FILTER);
        bench.contributions.replace(Slot.of(
                Kind.FILTER,
                "repairs-only",
                Foreign.filter(Set.of(Stage.CUSTOMER_IN), _ -> Verdict.block("")),
                terms.withScope(new Scope(Set.of("repairs"), Set.of()))));
        bench.contributions.replace(Slot.of(
                Kind.FILTER,
                "taken-from",
                Foreign.filter(Set.of(Stage.CUSTOMER_IN), _ -> Verdict.block("")),
                terms.withScope(new Scope(Set.of(), Set.of(Stage.CUSTOMER_IN)))));

        var tried = tried("{\"text\":\"hello\",\"desk\":\"shop\",\"stage\":\"CUSTOMER_IN\"}");

        assertThat(texts(tried, "notAsked")).containsExactly("stage", "desk", "skipped");
        assertThat(tried.get("outcome").asText()).isEqualTo("passed");
    }

    @Test
    void filters_are_told_what_was_said_of_the_customer_and_what_may_not_leave_is_shown_with_its_placeholder() {
        var heard = new CopyOnWriteArrayList<Facts>();
        serve("hide", Set.of(Stage.TO_MODEL), (text, facts) -> {
            heard.add(facts);
            return new Verdict.Rewrite(
                    List.of(new Part.Text(text.replace("139", "[1]"))), Set.of(), Map.of("[1]", "139"));
        });

        var tried = tried("""
                {"text":"call 139","desk":"shop","stage":"TO_MODEL","language":"ja","channel":"web","knownDays":2,
                 "attributes":{"level":"gold"},"recent":["first","second"]}""");

        var facts = heard.getFirst();
        assertThat(facts.desk()).isEqualTo("shop");
        assertThat(facts.channel()).isEqualTo("web");
        assertThat(facts.language()).isEqualTo(new Language("ja"));
        assertThat(facts.attributes()).containsExactly(Map.entry("level", "gold"));
        assertThat(facts.recent()).containsExactly("first", "second");
        assertThat(Duration.between(facts.firstSeen(), Clock.systemUTC().instant()))
                .isCloseTo(Duration.ofDays(2), Duration.ofMinutes(1));
        assertThat(tried.at("/placeholders/[1]").asText()).isEqualTo("139");
        assertThat(tried.get("text").asText()).isEqualTo("call [1]");
    }

    @Test
    void nothing_is_counted_and_nothing_of_it_is_logged_even_by_the_filter_itself() {
        Hush.begin();
        serve("chatty", text -> {
            LoggerFactory.getLogger("chatty").warn("saw {}", text);
            if (text.equals(SECRET)) throw new IllegalStateException("cannot read " + text);
            return Verdict.pass();
        });
        var slot = bench.contributions.now().filter("chatty").orElseThrow();
        bench.guard.stages(slot);
        var before = slot.counters();

        try (var lines = new LogLines("ROOT")) {
            for (var i = 0; i < 30; i++) tried(secret());
            assertThat(lines.containing(SECRET)).isEmpty();
            chain.apply(new ConversationId(SHOP), Message.of("hi"), TrialBench.FACTS, Stage.CUSTOMER_IN);
            assertThat(lines.containing("saw hi")).hasSize(1);
        }

        assertThat(tried(secret()).at("/steps/0/reason").asText()).contains("cannot read");
        assertThat(slot.counters().calls()).isEqualTo(before.calls() + 1);
        assertThat(slot.counters().errors()).isZero();
        // Thirty failures of messages would have given it a rest.
        assertThat(slot.isResting()).isFalse();
        var numbers = owner.get("/api/filters").json().at("/filters/0");
        assertThat(numbers.at("/sinceStart/passed").asInt()).isEqualTo(1);
        assertThat(numbers.at("/sinceStart/failed").asInt()).isZero();
    }

    private static String secret() {
        return "{\"text\":\"" + SECRET + "\",\"desk\":\"shop\",\"stage\":\"CUSTOMER_IN\"}";
    }

    @Test
    void one_that_hangs_is_late_and_is_not_tried_again_while_it_has_not_come_back() {
        var end = new CountDownLatch(1);
        var slot = TrialBench.slot("hangs", "1", Duration.ofMillis(50), Foreign.filter(Set.of(Stage.CUSTOMER_IN), _ -> {
            Waits.awaitEvenWhenInterrupted(end);
            return Verdict.pass();
        }));
        bench.contributions.replace(slot);

        var first = tried(secret());
        var second = tried(secret());
        end.countDown();

        assertThat(first.at("/steps/0/reason").asText()).contains("no answer after");
        assertThat(first.at("/steps/0/verdict").asText()).isEqualTo("failed");
        assertThat(first.at("/steps/0/whenFailed").asText()).isEqualTo("pass");
        assertThat(first.get("outcome").asText()).isEqualTo("passed");
        assertThat(second.at("/steps/0/reason").asText()).contains("1 calls have not come back");
        assertThat(slot.counters().late()).isZero();
        Waits.until(() -> !tried(secret()).at("/steps/0/reason").asText().contains("come back"));
    }

    @Test
    void the_one_that_serves_is_asked_and_never_the_one_on_trial() {
        bench.serving();
        bench.begin(TrialBench.filter("2", _ -> Verdict.block("")), TrialBench.ALL);

        var tried = tried("{\"text\":\"hello\",\"desk\":\"shop\",\"stage\":\"CUSTOMER_IN\"}");

        assertThat(texts(tried, "version")).containsExactly("1");
        assertThat(tried.get("outcome").asText()).isEqualTo("passed");
        assertThat(bench.report().candidate().calls()).isZero();
    }

    @Test
    void another_chain_is_told_as_soon_as_a_filter_is_swapped() {
        serve("words", _ -> Verdict.pass());
        var before = owner.get("/api/filters/chain").json().get("chain").asText();
        assertThat(tried(secret()).get("chain").asText()).isEqualTo(before);

        bench.contributions.remove(Kind.FILTER, "words");

        assertThat(owner.get("/api/filters/chain").json().get("chain").asText()).isNotEqualTo(before);
    }

    @Test
    void what_is_wrong_with_it_is_said_and_whoever_may_not_is_turned_away() {
        refused("text", "{\"text\":\" \",\"desk\":\"shop\",\"stage\":\"CUSTOMER_IN\"}");
        refused("text", "{\"text\":\"" + "x".repeat(20_001) + "\",\"desk\":\"shop\",\"stage\":\"CUSTOMER_IN\"}");
        refused("desk", "{\"text\":\"a\",\"desk\":\"nowhere\",\"stage\":\"CUSTOMER_IN\"}");
        refused("stage", "{\"text\":\"a\",\"desk\":\"shop\",\"stage\":\"LATER\"}");
        refused("language", "{\"text\":\"a\",\"desk\":\"shop\",\"stage\":\"CUSTOMER_IN\",\"language\":\"und\"}");
        refused("channel", "{\"text\":\"a\",\"desk\":\"shop\",\"stage\":\"CUSTOMER_IN\",\"channel\":\"fax\"}");
        refused("knownDays", "{\"text\":\"a\",\"desk\":\"shop\",\"stage\":\"CUSTOMER_IN\",\"knownDays\":-1}");
        refused(
                "recent",
                "{\"text\":\"a\",\"desk\":\"shop\",\"stage\":\"CUSTOMER_IN\",\"recent\":"
                        + Json.text(Collections.nCopies(11, "x")) + "}");

        var supervisor = as(Role.SUPERVISOR);
        assertThat(supervisor
                        .post("/api/filters/try", "{\"text\":\"a\",\"desk\":\"repairs\",\"stage\":\"CUSTOMER_IN\"}")
                        .status())
                .as("of the shop only")
                .isEqualTo(400);
        assertThat(supervisor.post("/api/filters/try", secret()).status()).isEqualTo(200);
        assertThat(supervisor.get("/api/filters").status()).isEqualTo(403);
        assertThat(as(Role.AGENT).post("/api/filters/try", secret()).status()).isEqualTo(403);
        assertThat(as(Role.AUDITOR).post("/api/filters/try", secret()).status()).isEqualTo(403);
    }

    private void refused(String field, String wish) {
        var answer = owner.post("/api/filters/try", wish);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("field").asText()).isEqualTo(field);
    }

    private void serve(String name, Function<String, Verdict> judge) {
        serve(name, Set.of(Stage.CUSTOMER_IN, Stage.AGENT_OUT), (text, _) -> judge.apply(text));
    }

    private void serve(String name, Set<Stage> stages, BiFunction<String, Facts, Verdict> judge) {
        var filter = new Filter() {
            @Override
            public Set<Stage> stages() {
                return stages;
            }

            @Override
            public Verdict apply(Message message, Facts facts, Stage stage) {
                return judge.apply(message.text(), facts);
            }
        };
        bench.contributions.replace(TrialBench.slot(name, "1", Duration.ofSeconds(5), filter));
    }

    private JsonNode tried(String wish) {
        var answer = owner.post("/api/filters/try", wish);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> texts(JsonNode tried, String field) {
        return StreamSupport.stream(tried.get("steps").spliterator(), false)
                .map(step -> step.path(field).asText())
                .toList();
    }

    private Browser as(Role role) {
        return new Browser(server.port())
                .with("Cookie", "kefuhub_session=" + role.name())
                .with("X-CSRF", "c");
    }

    private static Optional<Caller> caller(String token) {
        var role = Role.valueOf(token.toUpperCase(Locale.ROOT));
        var desks = role == Role.SUPERVISOR ? Set.of(SHOP) : Set.<UUID>of();
        return Optional.of(new Caller(new UUID(0, role.ordinal()), role.name(), Set.of(role), desks, "c", false));
    }
}
