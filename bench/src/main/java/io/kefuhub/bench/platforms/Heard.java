package io.kefuhub.bench.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.bench.plugin.ReplyPlugin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the apps of a simulated platform's customers show of the hub's answers. One thread only. */
final class Heard {
    private final Simulated platform;
    private final String surface;
    private final Map<String, JsonNode> answers = new LinkedHashMap<>();
    private long after;

    Heard(Simulated platform, String surface) {
        this.platform = platform;
        this.surface = surface;
    }

    /** Looks again; says how many questions have been answered. */
    int look() throws IOException {
        for (var message : platform.messages(surface, after)) {
            after = Math.max(after, message.path("seq").asLong());
            if (message.path("by").asText().equals("HUB"))
                answers.put(message.path("id").asText(), message);
        }
        return byCustomer().values().stream().mapToInt(List::size).sum();
    }

    /** By customer, the questions that answers repeat, in the order of the answers. What never arrived is left out. */
    Map<String, List<String>> byCustomer() {
        var heard = new HashMap<String, List<String>>();
        for (var answer : answers.values()) {
            if (!answer.path("failed").asText().isEmpty()) continue;
            var text = answer.path("text").asText();
            if (!text.startsWith(ReplyPlugin.ANSWER)) continue;
            heard.computeIfAbsent(answer.path("thread").asText(), _ -> new ArrayList<>())
                    .addAll(text.substring(ReplyPlugin.ANSWER.length()).lines().toList());
        }
        return heard;
    }

    /** Everything else that was shown, for whoever looks for the reason. */
    List<String> others() {
        return answers.values().stream()
                .filter(answer -> !answer.path("failed").asText().isEmpty()
                        || !answer.path("text").asText().startsWith(ReplyPlugin.ANSWER))
                .map(answer -> answer.path("text").asText() + " "
                        + answer.path("failed").asText())
                .toList();
    }
}
