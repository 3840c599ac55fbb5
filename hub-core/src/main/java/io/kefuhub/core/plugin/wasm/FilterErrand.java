package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.plugin.Subject;
import io.kefuhub.core.plugin.wasm.guest.Errand;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** Words a message as a module reads it. */
final class FilterErrand {
    private static final int VERSION = 1;

    private FilterErrand() {}

    static JsonErrand of(
            Message message,
            Facts facts,
            Stage stage,
            Subject subject,
            Instant now,
            Map<String, String> settings,
            BiConsumer<Errand.LogLevel, String> log) {
        var envelope = JsonNodeFactory.instance.objectNode();
        envelope.put("v", VERSION);
        envelope.put("event", event(stage));
        envelope.put("stage", stage.name());
        envelope.put("ts", now.truncatedTo(ChronoUnit.SECONDS).toString());
        envelope.put("desk", facts.desk());
        envelope.put("channel", facts.channel());
        envelope.put("conversation", subject.conversation());
        add(facts, envelope.putObject("facts"));
        add(message, stage, subject, envelope.putObject("message"));
        return new JsonErrand(envelope, settings, log);
    }

    private static String event(Stage stage) {
        return switch (stage) {
            case CUSTOMER_IN -> "message.inbound";
            case BOT_OUT, AGENT_OUT -> "message.outbound";
            case TO_MODEL -> "model.request";
            case TO_AGENT -> "message.shown";
        };
    }

    private static void add(Facts facts, ObjectNode to) {
        to.put("language", facts.language().tag());
        to.put("firstSeen", facts.firstSeen().toString());
        var attributes = to.putObject("attributes");
        facts.attributes().forEach(attributes::put);
        var recent = to.putArray("recent");
        facts.recent().forEach(recent::add);
    }

    private static void add(Message message, Stage stage, Subject subject, ObjectNode to) {
        to.put("id", subject.message());
        to.put("from", from(stage));
        to.put("text", message.text());
        var parts = to.putArray("parts");
        for (var part : message.parts()) {
            var node = parts.addObject();
            switch (part) {
                case Part.Text(var value) -> node.put("type", "text").put("text", value);
                case Part.Menu(var text, var options) -> {
                    node.put("type", "menu").put("text", text);
                    var all = node.putArray("options");
                    options.forEach(option -> all.add(option.text()));
                }
                case Part.Media(var kind, var file) ->
                    node.put("type", kind.name().toLowerCase(Locale.ROOT))
                            .put("name", file.name())
                            .put("mime", file.mime())
                            .put("size", file.size());
                case Part.Unsupported(var type) ->
                    node.put("type", "unsupported").put("name", type);
            }
        }
    }

    private static String from(Stage stage) {
        return switch (stage) {
            case CUSTOMER_IN -> "customer";
            case BOT_OUT -> "bot";
            case AGENT_OUT -> "agent";
            case TO_MODEL, TO_AGENT -> "hub";
        };
    }
}
