package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What came in by the line and may be answered, and what the hub says by it. Safe for threads. */
final class BotRequests {
    static final Duration AT_ONCE = Duration.ofSeconds(5);
    static final Duration LIFE = Duration.ofHours(1);
    /** Unasked messages to one conversation in a minute. */
    static final int A_MINUTE = 30;

    private static final Set<String> UNASKED = Set.of("markdown", "template_card", "image", "voice", "video", "file");

    private final Scene scene;
    private final BotScreen screen;
    private final BotUploads uploads;
    private final Map<String, Request> open = new HashMap<>();
    private final Map<String, List<Instant>> recent = new HashMap<>();

    enum Kind {
        MESSAGE,
        ENTER,
        PRESS
    }

    private record Request(String thread, Kind kind, String card, Instant at) {}

    BotRequests(Scene scene, Media media) {
        this.scene = scene;
        this.screen = new BotScreen(scene, BotSocket.SURFACE, media);
        this.uploads = new BotUploads(scene);
    }

    BotScreen screen() {
        return screen;
    }

    synchronized String open(String thread, Kind kind, String card) {
        var id = Letters.id("req-");
        open.put(id, new Request(thread, kind, card, scene.time.instant()));
        return id;
    }

    synchronized ObjectNode answer(String command, JsonNode frame) throws Wrong {
        var body = frame.path("body");
        var id = frame.path("headers").path("req_id").asText();
        switch (command) {
            case "aibot_respond_msg" -> {
                var allowed = new HashSet<>(BotScreen.ANSWERS);
                allowed.addAll(BotScreen.FILES);
                screen.show(request(id, Kind.MESSAGE, LIFE).thread, body, allowed);
            }
            case "aibot_respond_welcome_msg" ->
                screen.show(request(id, Kind.ENTER, AT_ONCE).thread, body, Set.of("text", "template_card"));
            case "aibot_respond_update_msg" -> screen.update(request(id, Kind.PRESS, AT_ONCE).card, body);
            case "aibot_send_msg" -> unasked(body);
            case "aibot_upload_media_init", "aibot_upload_media_chunk", "aibot_upload_media_finish" -> {
                return uploads.take(command, body);
            }
            default -> throw new Wrong(Wrong.PARAMETER, "unknown cmd " + command);
        }
        return Wrong.ok();
    }

    synchronized void clear() {
        open.clear();
        recent.clear();
        screen.clear();
        uploads.clear();
    }

    private Request request(String id, Kind kind, Duration life) throws Wrong {
        var request = open.get(id);
        if (request == null || request.kind != kind) throw new Wrong(Wrong.BOT_REQUEST, "invalid req_id");
        if (request.at.plus(life).isBefore(scene.time.instant()))
            throw new Wrong(Wrong.BOT_REQUEST, "req_id is expired");
        return request;
    }

    private void unasked(JsonNode body) throws Wrong {
        var thread = body.path("chatid").asText();
        var known = scene.customers().stream()
                        .anyMatch(one -> one.surface().equals(BotSocket.SURFACE)
                                && one.id().equals(thread))
                || scene.screens.after(0).stream()
                        .anyMatch(shown -> shown.surface().equals(BotSocket.SURFACE)
                                && shown.thread().equals(thread));
        if (!known) throw new Wrong(Wrong.USER, "invalid chatid");
        var times = recent.computeIfAbsent(thread, _ -> new ArrayList<>());
        var now = scene.time.instant();
        times.removeIf(at -> at.isBefore(now.minusSeconds(60)));
        if (times.size() >= A_MINUTE) throw new Wrong(Wrong.TOO_OFTEN, "more than 30 messages in a minute");
        screen.show(thread, body, UNASKED);
        times.add(now);
    }
}
