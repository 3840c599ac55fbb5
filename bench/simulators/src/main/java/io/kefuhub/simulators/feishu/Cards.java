package io.kefuhub.simulators.feishu;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Card entities, which grow while an answer is written. Every step carries a number greater than that of the step before
 * it, over all kinds of steps; a step that is refused does not use its number up. Safe for threads.
 */
final class Cards {
    static final Duration STREAMING = Duration.ofMinutes(10);
    static final int LONGEST_TEXT = 30_000;
    /** In bytes; has room for the longest text in any script. */
    static final int LARGEST_JSON = 128 * 1024;

    private final InstantSource clock;
    private final Ids ids;
    private final Limits limits;
    private final Map<String, Entity> entities = new HashMap<>();

    private static final class Entity {
        private ObjectNode card;
        private int sequence;
        private int steps;
        private int replaced;
        private boolean streaming;
        private boolean sent;
        private Instant streamingSince;
        private final Set<String> uuids = new HashSet<>();

        Entity(ObjectNode card, Instant now) {
            this.card = card;
            this.streamingSince = now;
            this.streaming = card.path("config").path("streaming_mode").asBoolean();
        }
    }

    /**
     * How a card stands now.
     *
     * @param streaming whether it still shows that more is coming
     * @param steps how often it was changed
     * @param replaced how often a text did not go on where the one before it ended
     */
    record View(ObjectNode card, boolean streaming, int sequence, int steps, int replaced) {}

    /** Number and uuid of a step. */
    record Step(int sequence, String uuid) {}

    private interface Change {
        void apply(Entity entity);
    }

    Cards(InstantSource clock, Ids ids, Limits limits) {
        this.clock = clock;
        this.ids = ids;
        this.limits = limits;
    }

    synchronized String create(String type, String data) {
        limits.call("cardkit/create");
        if (!type.equals("card_json")) throw Code.FIELD_WRONG.refusal("type");
        var id = ids.decimal();
        entities.put(id, new Entity(parsed(data), clock.instant()));
        return id;
    }

    /** Marks the entity as sent, which it can be once. */
    synchronized void send(String id) {
        var entity = find(id);
        if (entity.sent) throw sentAlready();
        entity.sent = true;
    }

    synchronized void sendable(String id) {
        if (find(id).sent) throw sentAlready();
    }

    private static Refusal sentAlready() {
        return new Refusal(
                Code.CARD_WRONG,
                "Failed to create card content, ext=ErrCode: 200750; ErrMsg: card entity has been sent");
    }

    synchronized void content(String id, String element, String text, Step step) {
        if (text.isEmpty()) throw Code.FIELD_WRONG.refusal("content is empty");
        if (text.codePointCount(0, text.length()) > LONGEST_TEXT) throw Code.CARD_TOO_LARGE.refusal();
        step(id, step, entity -> {
            if (!streams(entity)) throw Code.STREAMING_CLOSED.refusal();
            var found = element(entity, element);
            var field = found.path("tag").asText().equals("markdown") ? found : found.withObject("/text");
            if (!text.startsWith(field.path("content").asText())) entity.replaced++;
            field.put("content", text);
        });
    }

    synchronized void settings(String id, String settings, Step step) {
        var wanted = Trees.object(settings).orElseThrow(() -> Code.FIELD_WRONG.refusal("settings is not JSON"));
        step(id, step, entity -> {
            var config = entity.card.withObject("/config");
            for (var field : wanted.path("config").properties()) config.set(field.getKey(), field.getValue());
            stream(entity);
        });
    }

    synchronized void replace(String id, JsonNode card, Step step) {
        if (!card.path("type").asText().equals("card_json")) throw Code.FIELD_WRONG.refusal("card.type");
        var next = parsed(card.path("data").asText());
        step(id, step, entity -> {
            entity.card = next;
            stream(entity);
        });
    }

    synchronized void put(String id, String element, String json, boolean partial, Step step) {
        var next = Trees.object(json).orElseThrow(() -> Code.FIELD_WRONG.refusal("element is not JSON"));
        step(id, step, entity -> {
            var found = element(entity, element);
            if (!partial) found.removeAll();
            found.setAll(next);
        });
    }

    synchronized void add(String id, String elements, Step step) {
        var list = Trees.array(elements).orElseThrow(() -> Code.FIELD_WRONG.refusal("elements is not a list"));
        step(id, step, entity -> entity.card.withArray("/body/elements").addAll(list));
    }

    synchronized void remove(String id, String element, Step step) {
        step(id, step, entity -> {
            element(entity, element);
            removeIn(entity.card.path("body").path("elements"), element);
        });
    }

    /** A callback's new card; answers false while the card streams, which no callback can change. */
    synchronized boolean overwrite(String id, JsonNode card) {
        var entity = find(id);
        if (streams(entity)) return false;
        entity.card = parsed(card.toString());
        entity.steps++;
        return true;
    }

    synchronized Optional<View> view(String id) {
        var entity = entities.get(id);
        if (entity == null) return Optional.empty();
        return Optional.of(
                new View(entity.card.deepCopy(), streams(entity), entity.sequence, entity.steps, entity.replaced));
    }

    private void step(String id, Step step, Change change) {
        var entity = find(id);
        if (!step.uuid().isEmpty() && entity.uuids.contains(step.uuid())) return;
        limits.card(id);
        if (step.sequence() <= entity.sequence) throw Code.SEQUENCE_BEHIND.refusal();
        change.apply(entity);
        entity.sequence = step.sequence();
        entity.steps++;
        if (!step.uuid().isEmpty()) entity.uuids.add(step.uuid());
    }

    private void stream(Entity entity) {
        var wanted = entity.card.path("config").path("streaming_mode").asBoolean();
        if (wanted && !entity.streaming) entity.streamingSince = clock.instant();
        entity.streaming = wanted;
    }

    /** It ends by itself, even when nobody said so. */
    private boolean streams(Entity entity) {
        return entity.streaming && clock.instant().isBefore(entity.streamingSince.plus(STREAMING));
    }

    private Entity find(String id) {
        var entity = entities.get(id);
        if (entity == null) throw Code.CARD_UNKNOWN.refusal();
        return entity;
    }

    private static ObjectNode parsed(String data) {
        if (data.getBytes(UTF_8).length > LARGEST_JSON) {
            throw Code.CARD_TOO_LARGE.refusal();
        }
        var card = Trees.object(data).orElseThrow(() -> Code.CARD_WRONG.refusal("parse card json err"));
        if (!card.path("schema").asText().equals("2.0")) throw Code.CARD_WRONG.refusal("schema must be 2.0");
        Outgoing.card(card);
        return card;
    }

    private static ObjectNode element(Entity entity, String id) {
        var found = search(entity.card.path("body").path("elements"), id);
        if (found == null) throw Code.ELEMENT_UNKNOWN.refusal(id);
        return found;
    }

    private static @Nullable ObjectNode search(JsonNode node, String id) {
        if (node instanceof ObjectNode object
                && object.path("element_id").asText().equals(id)) return object;
        for (var child : node) {
            var found = search(child, id);
            if (found != null) return found;
        }
        return null;
    }

    private static void removeIn(JsonNode node, String id) {
        if (node instanceof ArrayNode list) {
            for (var at = list.size() - 1; at >= 0; at--) {
                if (list.get(at).path("element_id").asText().equals(id)) list.remove(at);
            }
        }
        for (var child : node) removeIn(child, id);
    }
}
