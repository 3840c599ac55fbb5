package io.kefuhub.core;

import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.story.KeepingFilter;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What becomes of messages that a filter keeps, through the whole hub. Each test has customers of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReviewTest {
    private static final String PASSWORD = "correct horse battery";

    private TestPlatform platform;
    private HubFixture hub;
    private Database database;
    private Browser owner;
    private Browser lina;
    private Browser agent;

    @BeforeAll
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(platform, Map.of(), List.of(Offer.ofHub(new KeepingFilter.Factory())));
        owner = hub.owner();
        filter("first", "keepme\nrude");
        filter("second", "alsome");
        database = Database.open(hub.address());
        knows("What does shipping cost?", "Five euros.");
        knows("How rude?", "This answer says keepme aloud.");
        knows("怎么退货？", "七天内可以退货。");
        lina = works("lina", "supervisor");
        agent = works("agnes", "agent");
    }

    @AfterAll
    void stop() {
        database.close();
        hub.close();
        platform.close();
    }

    @Test
    void a_question_that_is_let_go_is_answered_and_the_next_one_did_not_wait_for_it() throws Exception {
        says("anna", "a1", "keepme: what does shipping cost?");
        var held = held("anna");
        says("anna", "a2", "What does shipping cost?");
        assertThat(platform.await("anna", 1).getFirst().replyTo()).isEqualTo("a2");
        assertThat(held.at("/why/found/0/rule").asText()).isEqualTo("keepme");
        assertThat(held.at("/why/filter").asText()).isEqualTo("first");
        assertThat(held.at("/message/state").asText()).isEqualTo("HELD");

        var decided = decide(lina, held, "release");

        assertThat(decided.get("then").asText()).isEqualTo("goes-on");
        assertThat(platform.await("anna", 2))
                .extracting(TestPlatform.Heard::replyTo)
                .containsExactly("a2", "a1");
        assertThat(isHeld("anna")).isFalse();
        assertThat(audited(held))
                .containsExactly("message.held", "question.held", "review.released", "question.offered");
    }

    @Test
    void what_is_let_go_is_still_asked_about_by_the_filters_behind() throws Exception {
        says("bert", "b1", "keepme and alsome");
        var first = held("bert");
        decide(lina, first, "release");

        var second = heldAfter(first, "bert");

        assertThat(second.at("/why/filter").asText()).isEqualTo("second");
        var past = lina.get("/api/review/" + id(second)).json().get("ofCustomer");
        assertThat(past).hasSize(1);
        assertThat(past.get(0).at("/decided/by/name").asText()).isEqualTo("lina");
        decide(owner, second, "release");
        assertThat(platform.await("bert", 1).getFirst().replyTo()).isEqualTo("b1");
    }

    @Test
    void a_question_is_covered_where_the_filter_points_and_goes_on_so() throws Exception {
        says("carl", "c1", "rude! What does shipping cost?");
        var held = held("carl");

        decide(lina, held, "mask");

        platform.await("carl", 1);
        assertThat(message("carl", "c1").at("/parts/0/text").asText()).isEqualTo("****! What does shipping cost?");
        assertThat(message("carl", "c1").get("state").asText()).isEqualTo("ANSWERED");
    }

    @Test
    void a_question_may_be_put_in_other_words() throws Exception {
        says("cora", "c2", "rude rude");
        var held = held("cora");
        assertThat(lina.post(path(held), "{\"decision\":\"mask\",\"text\":\"  \"}")
                        .status())
                .isEqualTo(400);
        assertThat(isHeld("cora")).isTrue();

        lina.post(path(held), "{\"decision\":\"mask\",\"text\":\"What does shipping cost?\"}");

        assertThat(platform.await("cora", 1).getFirst().text()).isEqualTo("Five euros.");
    }

    @Test
    void whoever_wrote_what_is_refused_is_told_in_their_language() throws Exception {
        says("dora", "d1", "rude 怎么退货？");
        var held = held("dora");

        var decided = decide(lina, held, "refuse");

        assertThat(decided.get("then").asText()).isEqualTo("ends");
        assertThat(platform.await("dora", 1).getFirst().text()).startsWith("抱歉，这条消息无法处理");
        assertThat(message("dora", "d1").get("state").asText()).isEqualTo("REFUSED");
    }

    @Test
    void whoever_wrote_what_is_refused_is_told_in_the_words_of_the_desk() throws Exception {
        var own = "{\"key\": \"refused\", \"language\": \"en\", \"text\": \"We cannot take that.\"}";
        assertThat(owner.put("/api/sentences/main", own).status()).isEqualTo(200);
        says("dirk", "d2", "rude, where is my order?");

        decide(lina, held("dirk"), "refuse");

        assertThat(platform.await("dirk", 1).getFirst().text()).isEqualTo("We cannot take that.");
        owner.put("/api/sentences/main", "{\"key\": \"refused\", \"language\": \"en\"}");
    }

    @Test
    void who_answers_has_the_conversation_unless_somebody_else_does() throws Exception {
        says("emil", "e1", "rude thing");
        var held = held("emil");
        take(agent, "emil");
        var refused = lina.post(path(held), "{\"decision\":\"answer\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().at("/assignee/name").asText()).isEqualTo("agnes");
        assertThat(isHeld("emil")).isTrue();
        agent.post("/api/conversations/" + conversation("emil") + "/hand-back", "{}");

        decide(lina, held, "answer");

        var now = lina.get("/api/conversations/" + conversation("emil")).json();
        assertThat(now.at("/assignee/name").asText()).isEqualTo("lina");
        assertThat(message("emil", "e1").get("state").asText()).isEqualTo("WAITING");
        reply(lina, "emil", "Here I am.");
        assertThat(platform.await("emil", 1).getFirst().text()).isEqualTo("Here I am.");
    }

    @Test
    void an_answer_that_is_let_go_is_said_then_and_numbered_then() throws Exception {
        says("fritz", "f1", "How rude?");
        decide(lina, held("fritz"), "release");
        var held = heldFrom("fritz", "bot");
        says("fritz", "f2", "What does shipping cost?");
        platform.await("fritz", 1);
        assertThat(seqOf("fritz", held)).isZero();

        decide(lina, held, "release");

        assertThat(platform.await("fritz", 2))
                .extracting(TestPlatform.Heard::text)
                .containsExactly("Five euros.", "This answer says keepme aloud.");
        assertThat(seqOf("fritz", held)).isGreaterThan(3);
    }

    @Test
    void a_customer_whose_answer_is_refused_is_told_and_a_person_may_answer_instead() throws Exception {
        says("gerd", "g1", "How rude?");
        decide(lina, held("gerd"), "release");
        decide(lina, heldFrom("gerd", "bot"), "refuse");
        assertThat(platform.await("gerd", 1).getFirst().text()).contains("let a person help");

        says("gina", "g2", "How rude?");
        decide(lina, held("gina"), "release");
        decide(lina, heldFrom("gina", "bot"), "answer");
        assertThat(message("gina", "g2").get("state").asText()).isEqualTo("WAITING");
        reply(lina, "gina", "Not at all.");
        assertThat(platform.await("gina", 1).getFirst().text()).isEqualTo("Not at all.");
    }

    @Test
    void the_bots_answer_is_never_said_when_a_person_speaks_by_then() throws Exception {
        says("hans", "h1", "How rude?");
        decide(lina, held("hans"), "release");
        var held = heldFrom("hans", "bot");
        take(agent, "hans");
        assertThat(lina.get("/api/review/" + id(held)).json().at("/held/late").asBoolean())
                .isTrue();

        assertThat(decide(lina, held, "release").get("then").asText()).isEqualTo("too-late");

        reply(agent, "hans", "I am here.");
        assertThat(platform.await("hans", 1))
                .extracting(TestPlatform.Heard::text)
                .containsExactly("I am here.");
        assertThat(states("hans")).contains("DISCARDED");
    }

    @Test
    void what_an_agent_writes_is_kept_too_and_said_when_it_is_let_go() throws Exception {
        says("ida", "i1", "What does shipping cost?");
        platform.await("ida", 1);
        take(agent, "ida");
        var stored = reply(agent, "ida", "It is rude to ask.");
        assertThat(stored.get("state").asText()).isEqualTo("HELD");
        var held = heldFrom("ida", "agent");
        assertThat(lina.post(path(held), "{\"decision\":\"answer\"}").status()).isEqualTo(400);

        lina.post(path(held), "{\"decision\":\"mask\",\"text\":\"It is fine to ask.\"}");

        assertThat(platform.await("ida", 2).getLast().text()).isEqualTo("It is fine to ask.");
        reply(agent, "ida", "rude again");
        decide(lina, heldFrom("ida", "agent"), "refuse");
        assertThat(states("ida")).contains("DISCARDED");
    }

    @Test
    void of_two_who_decide_at_once_one_is_told_who_was_first_and_it_is_audited_once() throws Exception {
        for (var round = 0; round < 8; round++) {
            var customer = "race" + round;
            says(customer, customer, "rude: what does shipping cost?");
            var held = held(customer);
            var go = new CountDownLatch(1);

            var release = at(go, lina, held, "release");
            var refuse = at(go, owner, held, "refuse");
            go.countDown();

            var both = List.of(release.join(), refuse.join());
            assertThat(both).extracting(Browser.Answer::status).containsExactlyInAnyOrder(200, 409);
            var lost = both.stream()
                    .filter(answer -> answer.status() == 409)
                    .findFirst()
                    .orElseThrow()
                    .json();
            var won = release.join().status() == 200 ? "released" : "refused";
            assertThat(lost.get("type").asText()).isEqualTo("/problems/decided");
            assertThat(lost.at("/decided/decision").asText()).isEqualTo(won);
            assertThat(lost.at("/decided/by/name").asText()).isNotEmpty();
            assertThat(audited(held))
                    .filteredOn(action -> action.startsWith("review."))
                    .containsExactly("review." + won);
            assertThat(platform.await(customer, 1)).hasSize(1);
        }
    }

    @Test
    void the_same_word_of_the_same_person_is_answered_alike_and_done_once() throws Exception {
        says("jan", "j1", "rude");
        var held = held("jan");

        var first = decide(lina, held, "refuse");

        assertThat(decide(lina, held, "refuse")).isEqualTo(first);
        assertThat(platform.await("jan", 1)).hasSize(1);
        assertThat(audited(held))
                .filteredOn(action -> action.startsWith("review."))
                .hasSize(1);
    }

    @Test
    void only_reviewers_see_the_queue_and_only_that_of_their_desks() throws Exception {
        says("kai", "k1", "rude");
        var held = held("kai");

        assertThat(agent.get("/api/review").status()).isEqualTo(403);
        assertThat(agent.post(path(held), "{\"decision\":\"release\"}").status())
                .isEqualTo(403);
        var settings = "{\"organisation\":\"Shop\",\"language\":\"en\",\"sound\":true,\"agentsReview\":%s}";
        owner.put("/api/settings", settings.formatted(true));
        assertThat(agent.get("/api/review").status()).isEqualTo(200);
        owner.put("/api/settings", settings.formatted(false));
        assertThat(agent.get("/api/review").status()).isEqualTo(403);
        var elsewhere = works("elsa", "supervisor");
        database.useTransaction(
                tx -> tx.execute("update person set desks = array[gen_random_uuid()] where login = 'elsa'"));
        assertThat(elsewhere.get("/api/review").json().get("held")).isEmpty();
        assertThat(elsewhere.get("/api/review/" + id(held)).status()).isEqualTo(404);
        assertThat(elsewhere.post(path(held), "{\"decision\":\"release\"}").status())
                .isEqualTo(404);
        assertThat(isHeld("kai")).isTrue();
        decide(lina, held, "refuse");
    }

    @Test
    void what_is_always_allowed_passes_from_the_next_message_on() throws Exception {
        says("olga", "o1", "the rude boys concert?");
        var held = held("olga");
        assertThat(lina.get("/api/review/" + id(held)).json().get("allowable").asBoolean())
                .isTrue();
        var path = "/api/review/" + id(held) + "/allow";
        assertThat(lina.post(path, "{\"line\":\" \"}").status()).isEqualTo(400);
        assertThat(agent.post(path, "{\"line\":\"rude boys\"}").status()).isEqualTo(403);

        assertThat(lina.post(path, "{\"line\":\"rude boys\"}").status()).isEqualTo(204);

        says("olga", "o2", "when do the rude boys play?");
        assertThat(platform.await("olga", 1).getFirst().replyTo()).isEqualTo("o2");
        assertThat(queue("olga")).hasSize(1);
        List<String> allowed =
                database.read(db -> db.createQuery("select subject from audit where action = 'instance.allowed'")
                        .mapTo(String.class)
                        .list());
        assertThat(allowed).containsExactly("filter:first");
    }

    @Test
    void rules_are_counted_with_the_share_that_was_kept_in_vain() throws Exception {
        filter("third", "vain");
        for (var i = 0; i < 4; i++) says("vain" + i, "v" + i, "in vain " + i);
        decide(lina, held("vain0"), "release");
        decide(lina, held("vain1"), "refuse");
        decide(lina, held("vain2"), "refuse");
        held("vain3");

        var rules = all(lina.get("/api/review/rules?days=1").json().get("rules"));

        var vain = rules.stream()
                .filter(rule -> rule.get("filter").asText().equals("third"))
                .findFirst()
                .orElseThrow();
        assertThat(vain.get("rule").asText()).isEqualTo("vain");
        assertThat(vain.get("held").asInt()).isEqualTo(4);
        assertThat(vain.get("open").asInt()).isEqualTo(1);
        assertThat(vain.get("refused").asInt()).isEqualTo(2);
        assertThat(vain.get("falsePositives").asDouble()).isCloseTo(1 / 3.0, within(0.001));
        assertThat(lina.get("/api/review/rules?days=0").status()).isEqualTo(400);
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void pages_go_on_where_they_ended_and_miss_none() throws Exception {
        for (var i = 0; i < 7; i++) {
            says("many" + i, "many" + i, "rude " + i);
            held("many" + i);
        }
        for (var order : List.of("oldest", "newest")) {
            var seen = new ArrayList<String>();
            var times = new ArrayList<String>();
            var next = "";
            do {
                var page = lina.get("/api/review?limit=3&order=" + order + next).json();
                page.get("held").forEach(one -> seen.add(id(one)));
                page.get("held").forEach(one -> times.add(one.get("at").asText()));
                next = page.has("next") ? "&after=" + page.get("next").asText() : "";
            } while (!next.isEmpty());
            assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(7);
            assertThat(times)
                    .isSortedAccordingTo(
                            order.equals("oldest") ? Comparator.naturalOrder() : Comparator.reverseOrder());
        }
        assertThat(lina.get("/api/review?after=nonsense").status()).isEqualTo(400);
        assertThat(lina.get("/api/conversations").json().at("/counts/held").asInt())
                .isGreaterThanOrEqualTo(7);
        assertThat(agent.get("/api/conversations").json().at("/counts/held").asInt())
                .isZero();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void what_is_held_and_what_was_decided_is_there_after_a_restart() throws Exception {
        says("last", "l1", "rude: what does shipping cost?");
        var held = held("last");

        hub.restart();

        var again = new Browser(hub.port());
        again.signIn("lina", PASSWORD);
        lina = again;
        owner = again;
        assertThat(id(held("last"))).isEqualTo(id(held));
        decide(lina, held, "release");
        assertThat(platform.await("last", 1).getFirst().replyTo()).isEqualTo("l1");
    }

    private void filter(String key, String words) {
        var body = Json.text(Map.of("contribution", "keeping", "settings", Map.of("words", words)));
        assertThat(owner.put("/api/instances/filter/" + key, body).status()).isEqualTo(200);
    }

    private void knows(String question, String answer) {
        owner.post("/api/knowledge", Json.text(Map.of("question", question, "answer", answer)));
    }

    private Browser works(String login, String role, String... desks) {
        var wanted = Map.of(
                "login", login, "name", login, "roles", List.of(role), "desks", List.of(desks), "language", "en");
        var invited = owner.post("/api/people", Json.text(wanted));
        assertThat(invited.status()).as(invited.text()).isEqualTo(201);
        var password = invited.json().get("password").asText();
        var browser = new Browser(hub.port());
        browser.signIn(login, password);
        var changed = browser.post("/api/session/password", Json.text(Map.of("old", password, "new", PASSWORD)));
        return browser.with("X-CSRF", changed.json().get("csrf").asText());
    }

    private void says(String customer, String id, String text) throws Exception {
        assertThat(platform.say(hub.port(), id, customer, text)).isEqualTo(200);
    }

    /** Waits until a message of a customer is kept. */
    private JsonNode held(String customer) {
        return heldFrom(customer, "customer");
    }

    private JsonNode heldFrom(String customer, String author) {
        return awaitHeld(customer, one -> one.get("from").asText().equals(author));
    }

    private JsonNode heldAfter(JsonNode earlier, String customer) {
        return awaitHeld(customer, one -> !id(one).equals(id(earlier)));
    }

    private JsonNode awaitHeld(String customer, Predicate<JsonNode> wanted) {
        until(() -> queue(customer).stream().anyMatch(wanted));
        return queue(customer).stream().filter(wanted).findFirst().orElseThrow();
    }

    private boolean isHeld(String customer) {
        return !queue(customer).isEmpty();
    }

    private List<JsonNode> queue(String customer) {
        var mine = conversation(customer);
        return all(owner.get("/api/review?limit=100").json().get("held")).stream()
                .filter(one -> one.at("/conversation/id").asText().equals(mine))
                .toList();
    }

    private static String id(JsonNode held) {
        return held.get("id").asText();
    }

    private static String path(JsonNode held) {
        return "/api/review/" + id(held) + "/decision";
    }

    private static JsonNode decide(Browser reviewer, JsonNode held, String decision) {
        var answer = reviewer.post(path(held), Json.text(Map.of("decision", decision)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static CompletableFuture<Browser.Answer> at(
            CountDownLatch go, Browser reviewer, JsonNode held, String decision) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return reviewer.post(path(held), Json.text(Map.of("decision", decision)));
        });
    }

    private void take(Browser by, String customer) {
        var taken = by.post("/api/conversations/" + conversation(customer) + "/take", "{}");
        assertThat(taken.status()).as(taken.text()).isEqualTo(200);
    }

    private JsonNode reply(Browser by, String customer, String text) {
        var body = Json.text(
                Map.of("cid", "c" + Math.abs(text.hashCode()), "parts", List.of(Map.of("type", "text", "text", text))));
        var answer = by.post("/api/conversations/" + conversation(customer) + "/reply", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private String conversation(String customer) {
        return database.read(db -> db.createQuery("select id::text from conversation where thread = :thread")
                .bind("thread", customer)
                .mapTo(String.class)
                .findOne()
                .orElse(""));
    }

    private List<JsonNode> messages(String customer) {
        var events = owner.get("/api/conversations/" + conversation(customer) + "/events")
                .json()
                .get("events");
        return all(events).stream()
                .filter(event -> event.get("kind").asText().equals("message"))
                .toList();
    }

    /** A customer's message by the platform's id, as it is stored. */
    private JsonNode message(String customer, String externalId) {
        var id = database.read(db -> db.createQuery("select id::text from message where external_id = :external")
                .bind("external", externalId)
                .mapTo(String.class)
                .one());
        return messages(customer).stream()
                .map(event -> event.get("message"))
                .filter(message -> message.get("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<String> states(String customer) {
        return messages(customer).stream()
                .map(event -> event.at("/message/state").asText())
                .toList();
    }

    private long seqOf(String customer, JsonNode held) {
        return messages(customer).stream()
                .filter(event -> event.at("/message/id")
                        .asText()
                        .equals(held.at("/message/id").asText()))
                .mapToLong(event -> event.path("seq").asLong())
                .max()
                .orElseThrow();
    }

    private List<String> audited(JsonNode held) {
        return database.read(db -> db.createQuery("select action from audit where subject = :subject order by id")
                .bind("subject", "message:" + held.at("/message/id").asText())
                .mapTo(String.class)
                .list());
    }

    private static List<JsonNode> all(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false).toList();
    }
}
