package io.kefuhub.core.filtering;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kefuhub.api.filter.Found;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.core.conversation.Hold;
import io.kefuhub.core.plugin.Reason;
import java.util.ArrayList;
import java.util.List;

/** Why a filter keeps a message, as it is stored and as reviewers read it. */
public final class Why {
    private static final int MOST_FOUND = 100;

    private Why() {}

    static Hold hold(Stage stage, String filter, Reason reason, List<Found> found, Judged last) {
        var node = JsonNodeFactory.instance.objectNode();
        switch (reason) {
            case Reason.Known(var code, var about) ->
                node.put("code", code.key()).put("about", about.replace("\0", ""));
            case Reason.Told(var text) -> node.put("reason", text.replace("\0", ""));
        }
        var tags = node.putArray("tags");
        last.tags().stream().sorted().map(tag -> tag.replace("\0", "")).forEach(tags::add);
        var places = node.putArray("found");
        found.stream()
                .limit(MOST_FOUND)
                .forEach(one -> places.addObject()
                        .put("rule", one.rule().replace("\0", ""))
                        .put("part", one.part())
                        .put("from", one.from())
                        .put("to", one.to()));
        var rules = found.stream().map(Found::rule).distinct().limit(MOST_FOUND).toList();
        return new Hold(stage, filter, last.version(), rules, node.toString());
    }

    /** Where something was found, as it was stored. */
    public static List<Found> found(JsonNode why) {
        var found = new ArrayList<Found>();
        for (var one : why.path("found")) {
            found.add(new Found(
                    one.path("rule").asText(),
                    one.path("part").asInt(),
                    one.path("from").asInt(),
                    one.path("to").asInt()));
        }
        return found;
    }
}
