package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Scene;
import io.kefuhub.simulators.Shown;
import io.kefuhub.simulators.Shown.By;
import io.kefuhub.simulators.Shown.Card;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a bot says, however it reached the platform: answers that grow, texts, cards and files. Safe for threads. */
final class BotScreen {
    /** How long an answer may grow. */
    static final Duration WINDOW = Duration.ofMinutes(6);

    static final int LONGEST = 20_480;
    static final Set<String> ANSWERS = Set.of("stream", "stream_with_template_card", "template_card", "markdown");
    static final Set<String> FILES = Set.of("image", "voice", "video", "file");

    private static final int MOST_PICTURES = 10;

    private final Scene scene;
    private final String surface;
    private final Media media;
    private final Map<String, Stream> streams = new HashMap<>();

    /** What a hub called an answer, so that it knows which one somebody judged; by the message's id. */
    private final Map<String, String> feedback = new HashMap<>();

    private record Stream(Instant began, boolean finished) {}

    /** @param growing the platform has to ask for more, or will be told more */
    record Said(String message, boolean growing) {}

    BotScreen(Scene scene, String surface, Media media) {
        this.scene = scene;
        this.surface = surface;
        this.media = media;
    }

    synchronized Said show(String thread, JsonNode body, Set<String> allowed) throws Wrong {
        var kind = body.path("msgtype").asText();
        if (!allowed.contains(kind)) throw new Wrong(Wrong.MESSAGE_TYPE, "msgtype " + kind + " is not allowed here");
        var id = Letters.id("bot-");
        switch (kind) {
            case "stream" -> {
                return grow(thread, body.path("stream"), Card.NONE, body);
            }
            case "stream_with_template_card" -> {
                return grow(thread, body.path("stream"), Cards.template(body.path("template_card")), body);
            }
            case "template_card" -> {
                named(id, body.path("template_card"));
                scene.screens.show(
                        hub(id, thread, kind, "", body).withCard(Cards.template(body.path("template_card"))));
            }
            case "text", "markdown" -> {
                var text = Contents.needed(body.path(kind), "content");
                if (Contents.size(text) > LONGEST) throw new Wrong(Wrong.TOO_LONG, "content size out of limit");
                named(id, body.path(kind));
                scene.screens.show(hub(id, thread, kind, text, body));
            }
            default -> {
                var item = media.find(body.path(kind));
                scene.screens.show(hub(id, thread, kind, "", body).withMedia(item.id(), item.name()));
            }
        }
        return new Said(id, false);
    }

    /** A card that was pressed is replaced. */
    synchronized void update(String message, JsonNode body) {
        scene.screens.change(message, shown -> shown.withCard(Cards.template(body.path("template_card"))));
    }

    synchronized boolean expired(String thread, String stream) {
        var began = streams.get(key(thread, stream));
        return began != null && began.began.plus(WINDOW).isBefore(scene.time.instant());
    }

    synchronized void expire(String thread, String stream) {
        scene.screens.change(key(thread, stream), shown -> shown.withFailed("the answer was never finished"));
    }

    synchronized void clear() {
        streams.clear();
        feedback.clear();
    }

    /** What the hub called the answer; of one that grows it may say so once, at its beginning. */
    synchronized Optional<String> feedback(String message) {
        return Optional.ofNullable(feedback.get(message));
    }

    private void named(String message, JsonNode content) {
        var id = content.path("feedback").path("id").asText();
        if (!id.isEmpty()) feedback.put(message, id);
    }

    private Said grow(String thread, JsonNode stream, Card card, JsonNode body) throws Wrong {
        var id = key(thread, Contents.needed(stream, "id"));
        var text = stream.path("content").asText();
        if (Contents.size(text) > LONGEST) throw new Wrong(Wrong.TOO_LONG, "content size out of limit");
        var before = streams.get(id);
        if (before != null && before.finished) throw new Wrong(Wrong.BOT_STREAM, "the stream is finished");
        if (before != null && before.began.plus(WINDOW).isBefore(scene.time.instant())) {
            scene.screens.change(id, shown -> shown.withFailed("the answer was never finished"));
            throw new Wrong(Wrong.BOT_STREAM, "the stream is expired");
        }
        var finish = stream.path("finish").asBoolean();
        var shown = hub(id, thread, "stream", "", body).withText(text, !finish).withCard(card);
        if (finish && stream.path("msg_item").isArray())
            shown = shown.withCard(pictures(stream.path("msg_item"), card));
        named(id, stream);
        streams.put(id, new Stream(before == null ? scene.time.instant() : before.began, finish));
        scene.screens.show(shown);
        return new Said(id, !finish);
    }

    private Card pictures(JsonNode items, Card card) throws Wrong {
        if (items.size() > MOST_PICTURES) throw new Wrong(Wrong.PARAMETER, "msg_item takes at most 10 pictures");
        var pictures = new ArrayList<String>(card.pictures());
        for (var item : items) {
            try {
                var bytes = Base64.getDecoder()
                        .decode(item.path("image").path("base64").asText());
                var kept = scene.shelf.put(Letters.id("media-"), "picture.png", "image/png", bytes);
                pictures.add("/sim/media/" + kept.id());
            } catch (IllegalArgumentException e) {
                throw new Wrong(Wrong.PARAMETER, "base64 is wrong");
            }
        }
        return new Card(card.title(), card.text(), pictures, card.buttons(), card.note());
    }

    private Shown hub(String id, String thread, String kind, String text, JsonNode body) {
        return Shown.of(id, surface, thread, By.HUB, kind, text).withOriginal(body);
    }

    private String key(String thread, String stream) {
        return surface + ":" + thread + ":" + stream;
    }
}
