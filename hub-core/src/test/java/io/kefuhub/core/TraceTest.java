package io.kefuhub.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.core.plugin.Reason;
import io.kefuhub.core.story.TestPlatform;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why the hub did what it did, as an agent's console gets to read it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraceTest {
    private TestPlatform platform;
    private HubFixture hub;
    private Browser owner;

    @BeforeAll
    void start() throws Exception {
        platform = new TestPlatform();
        hub = new HubFixture(platform);
        owner = hub.owner();
        owner.post("/api/knowledge", "{\"question\":\"怎么退货？\",\"answer\":\"七天内可以退货。\"}");
    }

    @AfterAll
    void stop() {
        hub.close();
        platform.close();
    }

    @Test
    void an_answer_says_in_code_which_wording_was_recognised() throws Exception {
        var trace = traceOfTheReplyTo("anna", "怎么退货");

        assertThat(trace.at("/outcome").asText()).isEqualTo("answered");
        assertThat(trace.at("/source/code").asText()).isEqualTo("exact");
        assertThat(trace.at("/source/about").asText()).isEqualTo("怎么退货？");
        assertThat(trace.path("source").has("reason")).isFalse();
        assertThat(trace.at("/filtersIn/0/verdict").asText()).isEqualTo("pass");
    }

    @Test
    void what_was_passed_over_and_what_was_offered_instead_are_codes() throws Exception {
        var trace = traceOfTheReplyTo("bert", "tell me a joke");

        assertThat(trace.at("/passed/0/responder").asText()).isEqualTo("faq");
        assertThat(trace.at("/passed/0/code").asText()).isEqualTo("nothing-near");
        assertThat(trace.at("/source/code").asText()).isEqualTo("no-answer");
    }

    @Test
    void asking_for_a_person_is_a_code() throws Exception {
        assertThat(traceOfTheReplyTo("carl", "转人工").at("/passed/0/code").asText())
                .isEqualTo("asked-for-person");
    }

    @Test
    void the_hubs_own_filter_says_in_code_why_it_turned_a_message_away() throws Exception {
        var judged = traceOfTheReplyTo("dora", "long ".repeat(1_000)).at("/filtersIn/0");

        assertThat(judged.get("verdict").asText()).isEqualTo("block");
        assertThat(judged.get("code").asText()).isEqualTo("too-long");
        assertThat(judged.get("about").asText()).isEqualTo("4000");
    }

    /** The console is TypeScript and learns of a new code from nobody else. */
    @ParameterizedTest
    @ValueSource(strings = {"zh", "en"})
    void the_console_has_words_for_every_code(String language) throws IOException {
        var texts = Json.tree(Files.readString(Path.of("console/src/conversation/texts/" + language + ".json")));
        var worded = names(texts.at("/trace/reasons"));

        assertThat(worded)
                .containsExactlyInAnyOrderElementsOf(List.of(Reason.Code.values()).stream()
                        .map(Reason.Code::key)
                        .toList());
    }

    private static List<String> names(JsonNode node) {
        return node.properties().stream().map(entry -> entry.getKey()).toList();
    }

    private JsonNode traceOfTheReplyTo(String customer, String said) throws Exception {
        platform.say(hub.port(), customer + "-1", customer, said);
        platform.await(customer, 1);
        var words = said.substring(0, Math.min(10, said.length())).strip();
        var conversation = StreamSupport.stream(
                        owner.get("/api/conversations?view=all")
                                .json()
                                .get("conversations")
                                .spliterator(),
                        false)
                .map(one -> one.get("id").asText())
                .filter(id ->
                        messages(id).getFirst().at("/parts/0/text").asText().startsWith(words))
                .findFirst()
                .orElseThrow();
        return messages(conversation).getLast().get("trace");
    }

    private List<JsonNode> messages(String conversation) {
        var events = owner.get("/api/conversations/" + conversation + "/events")
                .json()
                .get("events");
        return StreamSupport.stream(events.spliterator(), false)
                .filter(event -> event.get("kind").asText().equals("message"))
                .map(event -> event.get("message"))
                .toList();
    }
}
