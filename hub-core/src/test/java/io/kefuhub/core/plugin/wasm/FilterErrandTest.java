package io.kefuhub.core.plugin.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.Language;
import io.kefuhub.api.StoredFile;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.plugin.Subject;
import io.kefuhub.core.web.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The envelope that a filter is given is the one in docs/wasm.md, to the last field. */
class FilterErrandTest {
    private static final Part.Media IMAGE =
            new Part.Media(Part.Media.Kind.IMAGE, new StoredFile("f_1", "parcel.png", "image/png", 1024));

    /** The envelope as the guide shows it. */
    private static ObjectNode documented() throws IOException {
        var guide = Files.readString(Examples.FOLDER.resolveSibling("docs").resolve("wasm.md"));
        var block =
                Pattern.compile("```json\n(\\{\"v\": 1.*?)```", Pattern.DOTALL).matcher(guide);
        assertThat(block.find()).isTrue();
        return (ObjectNode) Json.tree(block.group(1));
    }

    /** What a filter is given when the things are as in the guide. */
    private static JsonNode given(ObjectNode like, Message message, Stage stage) {
        var facts = new Facts(
                like.get("desk").asText(),
                like.get("channel").asText(),
                new Language(like.at("/facts/language").asText()),
                Map.of("level", "gold"),
                Instant.parse(like.at("/facts/firstSeen").asText()),
                StreamSupport.stream(like.at("/facts/recent").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
        var subject = new Subject(
                like.get("conversation").asText(), like.at("/message/id").asText());
        var now = Instant.parse(like.get("ts").asText());
        var errand = FilterErrand.of(message, facts, stage, subject, now, Map.of("word", "x"), (_, _) -> {});
        return Json.tree(new String(errand.input(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "CUSTOMER_IN, message.inbound, customer",
        "BOT_OUT, message.outbound, bot",
        "AGENT_OUT, message.outbound, agent",
        "TO_MODEL, model.request, hub",
        "TO_AGENT, message.shown, hub",
    })
    void the_envelope_of_each_stage_is_the_guides(Stage stage, String event, String from) throws IOException {
        var expected = documented();
        expected.put("stage", stage.name()).put("event", event);
        ((ObjectNode) expected.get("message")).put("from", from);
        var text = expected.at("/message/text").asText();

        assertThat(given(expected, new Message(List.of(new Part.Text(text), IMAGE)), stage))
                .isEqualTo(expected);
    }

    @Test
    void every_kind_of_part_is_told_by_its_type() throws IOException {
        var parts = List.<Part>of(
                new Part.Text("hello"),
                new Part.Menu("Which?", List.of(new Part.Menu.Option("1", "One"), new Part.Menu.Option("2", "Two"))),
                IMAGE,
                new Part.Media(Part.Media.Kind.VOICE, new StoredFile("f_2", "a.ogg", "audio/ogg", 7)),
                new Part.Unsupported("location"));

        var given = given(documented(), new Message(parts), Stage.BOT_OUT);

        assertThat(given.at("/message/parts")).isEqualTo(Json.tree("""
                [{"type": "text", "text": "hello"},
                 {"type": "menu", "text": "Which?", "options": ["One", "Two"]},
                 {"type": "image", "name": "parcel.png", "mime": "image/png", "size": 1024},
                 {"type": "voice", "name": "a.ogg", "mime": "audio/ogg", "size": 7},
                 {"type": "unsupported", "name": "location"}]"""));
    }
}
