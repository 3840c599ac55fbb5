package io.kefuhub.core.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kefuhub.api.message.Part;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How a message was changed by its author. Immutable.
 *
 * @param former how it read before, oldest first
 * @param at when it was changed last, by the platform's clock
 * @param stoppedBy the filter that keeps the last change back; empty where it is shown
 * @param kept what that filter keeps back, for those who audit
 */
public record Edits(List<Former> former, Instant at, String stoppedBy, List<Part> kept) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 50;

    /** @param until when it stopped reading like that, by the hub's clock */
    public record Former(List<Part> parts, Instant until) {
        public Former {
            parts = List.copyOf(parts);
        }
    }

    public Edits {
        former = List.copyOf(former);
        kept = List.copyOf(kept);
    }

    static Edits none(Instant at) {
        return new Edits(List.of(), at, "", List.of());
    }

    /** Once more changed, and shown. */
    Edits shown(Former before, Instant when) {
        var all = new ArrayList<>(former);
        if (!before.parts().isEmpty()) all.add(before);
        return new Edits(all.subList(Math.max(0, all.size() - MOST), all.size()), when, "", List.of());
    }

    /** Once more changed, which is kept back. */
    Edits stopped(String filter, List<Part> parts, Instant when) {
        return new Edits(former, when, filter, parts);
    }

    String json() {
        var node = JsonNodeFactory.instance
                .objectNode()
                .put("at", at.toString())
                .put("stoppedBy", stoppedBy.replace("\0", ""));
        var list = node.putArray("former");
        for (var one : former) {
            list.addObject().put("until", one.until().toString()).set("parts", tree(PartsJson.write(one.parts())));
        }
        node.set("kept", tree(PartsJson.write(kept)));
        return node.toString();
    }

    static Edits read(String json) {
        var node = tree(json);
        var former = new ArrayList<Former>();
        for (var one : node.path("former")) {
            former.add(new Former(
                    PartsJson.read(one.path("parts").toString()),
                    Instant.parse(one.path("until").asText())));
        }
        return new Edits(
                former,
                Instant.parse(node.path("at").asText()),
                node.path("stoppedBy").asText(),
                PartsJson.read(node.path("kept").toString()));
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
