package io.kefuhub.plugin.hello;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.kit.SomeFacts;
import io.kefuhub.api.message.Message;
import java.io.IOException;
import java.util.HashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples that travel in the jar are true. */
class GoldenCasesTest {
    @TestFactory
    Stream<DynamicTest> greeting() throws IOException {
        var file = read("/META-INF/kefuhub/cases/greeting.json");
        var values = new HashMap<String, String>();
        file.get("settings")
                .properties()
                .forEach(setting ->
                        values.put(setting.getKey(), setting.getValue().asText()));
        var factory = new GreetingFilterFactory();
        assertThat(factory.description().id())
                .isEqualTo(file.get("contribution").asText());
        var filter = factory.create(Settings.of(values), new FakeContext("golden"));

        return StreamSupport.stream(file.get("cases").spliterator(), false)
                .map(one -> DynamicTest.dynamicTest(one.get("name").asText(), () -> {
                    var given = one.get("given");
                    var language = new Language(given.at("/facts/language").asText("en"));
                    var verdict = filter.apply(
                            Message.of(given.get("text").asText()),
                            SomeFacts.of(language),
                            Stage.valueOf(given.get("stage").asText()));
                    assertIs(verdict, one.get("expect"));
                }));
    }

    private static void assertIs(Verdict verdict, JsonNode expected) {
        assertThat(actionOf(verdict)).isEqualTo(expected.get("action").asText());
        var tags =
                StreamSupport.stream(expected.get("tags").spliterator(), false).map(JsonNode::asText);
        assertThat(verdict.tags()).containsExactlyInAnyOrderElementsOf(tags.toList());
    }

    private static String actionOf(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pass _ -> "pass";
            case Verdict.Rewrite _ -> "rewrite";
            case Verdict.Hold _ -> "hold";
            case Verdict.Block _ -> "block";
        };
    }

    private static JsonNode read(String resource) throws IOException {
        try (var in = GoldenCasesTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new ObjectMapper().readTree(in);
        }
    }
}
