package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Answer;
import io.kefuhub.simulators.BadInputException;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Saying;
import io.kefuhub.simulators.Scene;
import io.kefuhub.simulators.Shelf;
import io.kefuhub.simulators.Shown;
import io.kefuhub.simulators.Shown.By;
import io.kefuhub.simulators.Surface;
import io.kefuhub.simulators.Surface.Act;
import io.kefuhub.simulators.Surface.Field;
import io.kefuhub.simulators.Words;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What people say to a bot, as the platform writes it down; its files are encrypted and live for five minutes. */
final class BotWords {
    static final Duration FILE_LIFE = Duration.ofMinutes(5);
    static final String FILES = "/aibot/media/";

    private static final SecureRandom CHANCE = new SecureRandom();

    private final Scene scene;
    private final String surface;

    BotWords(Scene scene, String surface) {
        this.scene = scene;
        this.surface = surface;
    }

    static Surface surface(String id, Words title, boolean callback, List<Act> more) {
        var acts = new ArrayList<Act>();
        acts.add(new Act("enter", new Words("Opens the chat", "进入会话"), List.of()));
        acts.add(new Act(
                "feedback",
                new Words("Rates the last answer", "评价上一条回复"),
                List.of(
                        new Field("type", new Words("1 good, 2 bad, 3 taken back", "1 赞 2 踩 3 取消"), "1"),
                        new Field("content", new Words("Words", "内容"), ""))));
        acts.addAll(more);
        return new Surface(
                id, title, List.of("text", "image", "voice", "video", "file", "mixed"), acts, callback, true);
    }

    /** One message and its place on the screen. */
    record Message(String thread, ObjectNode body) {
        String id() {
            return body.path("msgid").asText();
        }
    }

    /** @param withKeys each file has a key of its own, which goes with it */
    Message message(Saying saying, boolean withKeys) {
        var body = head(saying.customer(), saying.group());
        var kind = saying.kind();
        body.put("msgtype", kind);
        var text = !saying.group().isEmpty() && !saying.text().contains("@") ? "@机器人 " + saying.text() : saying.text();
        switch (kind) {
            case "text" -> body.putObject("text").put("content", text);
            case "voice" -> body.putObject("voice").put("content", text.isBlank() ? "语音转成的文字" : text);
            case "mixed" -> {
                var items = body.putObject("mixed").putArray("msg_item");
                items.addObject().put("msgtype", "text").putObject("text").put("content", text.isBlank() ? "看图" : text);
                saying.media()
                        .ifPresent(item ->
                                items.addObject().put("msgtype", "image").set("image", file(item, withKeys)));
            }
            default -> saying.media().ifPresent(item -> body.set(kind, file(item, withKeys)));
        }
        if (saying.more().path("quote").isTextual()) {
            var quote = body.putObject("quote").put("msgtype", "text");
            quote.putObject("text").put("content", saying.more().path("quote").asText());
        } else if (saying.more().path("quote").isObject()) {
            body.set("quote", saying.more().path("quote"));
        }
        var message = new Message(thread(saying.customer(), saying.group()), body);
        var shown = Shown.of(message.id(), surface, message.thread, By.CUSTOMER, kind, saying.text());
        scene.screens.show(saying.media()
                .map(item -> shown.withMedia(item.id(), item.name()))
                .orElse(shown));
        return message;
    }

    Message event(String customer, String group, String type, JsonNode content) {
        var body =
                head(customer, group).put("create_time", scene.time.seconds()).put("msgtype", "event");
        var event = body.putObject("event").put("eventtype", type);
        if (content.isObject()) event.set(type, content);
        return new Message(thread(customer, group), body);
    }

    JsonNode feedback(String thread, JsonNode with, BotScreen screen) {
        var last = scene.screens.after(0).stream()
                .filter(shown ->
                        shown.surface().equals(surface) && shown.thread().equals(thread) && shown.by() == By.HUB)
                .reduce((_, later) -> later)
                .orElseThrow(() -> new BadInputException("there is no answer yet"));
        var named = screen.feedback(last.id()).orElse(last.id());
        var feedback = Json.object()
                .put("id", with.path("id").asText(named))
                .put("type", with.path("type").asInt(1))
                .put("content", with.path("content").asText());
        if (with.path("type").asInt(1) == 2)
            feedback.putArray("inaccurate_reason_list").add(1);
        return feedback;
    }

    static JsonNode pressed(Shown card, JsonNode with) {
        var original = card.original().path("template_card");
        return Json.object()
                .put("card_type", original.path("card_type").asText())
                .put("event_key", with.path("button").asText())
                .put("task_id", original.path("task_id").asText());
    }

    static String thread(String customer, String group) {
        return group.isEmpty() ? customer : group;
    }

    /** A file that was said, to whoever has its address. */
    static Answer fetch(Scene scene, Call call) {
        var item = scene.shelf.find(call.parameter("id"));
        if (item.isEmpty() || item.get().at().plus(FILE_LIFE).isBefore(scene.time.instant())) {
            return Answer.text(403, "text/plain", "expired");
        }
        return Answer.file(item.get())
                .withHeader(
                        "Content-Disposition",
                        "attachment; filename=\"" + item.get().name() + "\"");
    }

    private ObjectNode file(Shelf.Item item, boolean withKey) {
        var key = Corp.BOT_SEAL.key();
        if (withKey) {
            key = new byte[32];
            CHANCE.nextBytes(key);
        }
        var used = key;
        var plainName = item.name().replaceAll("[^A-Za-z0-9._-]", "_");
        var sealed = scene.shelf.put(
                Letters.id("sealed-"),
                plainName,
                "application/octet-stream",
                to -> Seal.encrypt(used, item.file(), to));
        var file = Json.object().put("url", scene.address() + FILES + sealed.id());
        if (withKey) file.put("aeskey", Base64.getEncoder().encodeToString(key));
        return file;
    }

    private ObjectNode head(String customer, String group) {
        var body = Json.object().put("msgid", Letters.id("CAIQ")).put("aibotid", Corp.BOT);
        if (!group.isEmpty()) body.put("chatid", group);
        body.put("chattype", group.isEmpty() ? "single" : "group");
        body.putObject("from").put("userid", customer);
        return body;
    }
}
