package io.kefuhub.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Saying.Manner;
import io.kefuhub.simulators.Saying.Order;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Turns what somebody asks for into what customers say: one thing or many, with files, twice or in disorder. */
final class Composer {
    private static final int MOST = 2000;
    private static final long LARGEST = 150L * 1024 * 1024;
    private static final Set<String> WITH_FILE = Set.of("image", "voice", "video", "file", "audio", "media", "mixed");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("amr", "audio/amr"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("opus", "audio/ogg"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("txt", "text/plain"));
    /** A small picture for whoever has none at hand. */
    private static final byte[] PICTURE = Base64.getDecoder()
            .decode(
                    "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mNk+M9AEmAiTfmohlENQ0kDAGtMAR/4yWdyAAAAAElFTkSuQmCC");

    private final Scene scene;
    private final Platform platform;

    Composer(Scene scene, Platform platform) {
        this.scene = scene;
        this.platform = platform;
    }

    JsonNode say(JsonNode body) {
        var surfaceId = Control.text(body, "surface");
        var surface = platform.surfaces().stream()
                .filter(one -> one.id().equals(surfaceId))
                .findFirst()
                .orElseThrow(() -> new BadInputException("there is no surface " + surfaceId));
        var customer = scene.customer(surfaceId, Control.text(body, "customer"));
        var kind = body.path("kind").asText("text");
        if (!surface.says().contains(kind)) {
            throw new BadInputException("kind must be one of " + String.join(", ", surface.says()));
        }
        var times = body.path("times").asInt(1);
        if (times < 1 || times > MOST) throw new BadInputException("times must lie between 1 and " + MOST);
        var group = body.path("group").asText("");
        if (!group.isEmpty() && !surface.groups()) throw new BadInputException("there are no groups on " + surfaceId);
        var text = body.path("text").asText("");
        if (kind.equals("text") && text.isBlank()) throw new BadInputException("text is missing");
        var sayings = new ArrayList<Saying>();
        for (var i = 1; i <= times; i++) {
            var one = times == 1 ? text : text + " " + i;
            sayings.add(new Saying(surfaceId, customer.id(), group, kind, one, media(kind, body), body.path("with")));
        }
        var ids = Json.array();
        platform.say(sayings, new Manner(body.path("twice").asBoolean(false), order(body)))
                .forEach(ids::add);
        var answer = Json.object();
        answer.set("messages", ids);
        return answer;
    }

    private static Order order(JsonNode body) {
        var word = body.path("order").asText("as-said");
        try {
            return Order.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new BadInputException("order must be as-said, reversed or shuffled");
        }
    }

    private Optional<Shelf.Item> media(String kind, JsonNode body) {
        if (!WITH_FILE.contains(kind)) return Optional.empty();
        var picture = kind.equals("image") || kind.equals("mixed");
        var name = body.path("name").asText(picture ? "picture.png" : usualName(kind));
        if (name.chars().anyMatch(c -> c < ' ' || c == '/' || c == '\\'))
            throw new BadInputException("name is no file name");
        var type = body.path("type").asText(typeOf(name));
        var id = "said-" + UUID.randomUUID();
        var size = body.path("size").asLong(0);
        if (size < 0 || size > LARGEST) throw new BadInputException("size must be at most " + LARGEST);
        if (size > 0) return Optional.of(scene.shelf.make(id, name, type, size));
        if (body.has("data"))
            return Optional.of(
                    scene.shelf.put(id, name, type, decoded(body.path("data").asText())));
        if (picture) return Optional.of(scene.shelf.put(id, name, "image/png", PICTURE));
        return Optional.of(scene.shelf.make(id, name, type, 2048));
    }

    private static String usualName(String kind) {
        return switch (kind) {
            case "voice" -> "voice.amr";
            case "audio" -> "audio.opus";
            case "video", "media" -> "video.mp4";
            default -> "file.pdf";
        };
    }

    private static String typeOf(String name) {
        var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }

    private static byte[] decoded(String data) {
        try {
            return Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("data is not Base64");
        }
    }
}
