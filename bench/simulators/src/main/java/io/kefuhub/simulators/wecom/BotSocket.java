package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.BadInputException;
import io.kefuhub.simulators.Journal.Way;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Platform.Verified;
import io.kefuhub.simulators.Saying;
import io.kefuhub.simulators.Scene;
import io.kefuhub.simulators.SocketSide;
import io.kefuhub.simulators.Surface;
import io.kefuhub.simulators.Surface.Act;
import io.kefuhub.simulators.Words;
import io.kefuhub.simulators.wecom.BotWords.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bot whose hub keeps a line open: one line, the last to sign in has it. Safe for threads. */
final class BotSocket {
    static final String SURFACE = "bot-socket";
    static final String PATH = "/openws";
    /** A character that must not stand in JSON, as the real platform now and then sends one. */
    static final String CONTROL_CHARACTERS = "control-characters";

    static final Surface DESCRIPTION = BotWords.surface(
            SURFACE,
            new Words("AI bot, by long connection", "智能机器人（长连接）"),
            false,
            List.of(
                    new Act("evict", new Words("Somebody else signs in", "被其他连接顶替"), List.of()),
                    new Act("hang-up", new Words("The line is cut", "断开连接"), List.of())));

    private final Scene scene;
    private final BotWords words;
    private final BotRequests requests;
    private @Nullable BotLine current;

    BotSocket(Scene scene, Media media) {
        this.scene = scene;
        this.words = new BotWords(scene, SURFACE);
        this.requests = new BotRequests(scene, media);
    }

    SocketSide open() {
        return new BotLine(scene, this, requests);
    }

    synchronized List<String> say(List<Saying> sayings, Saying.Manner manner) {
        var said = sayings.stream().map(saying -> words.message(saying, true)).toList();
        manner.arrange(said).forEach(message -> send(message, "aibot_msg_callback", BotRequests.Kind.MESSAGE, ""));
        return said.stream().map(Message::id).toList();
    }

    synchronized JsonNode act(String customer, String act, JsonNode with) {
        var group = with.path("group").asText();
        switch (act) {
            case "evict" -> {
                line().evict();
                current = null;
                return Json.object().put("evicted", true);
            }
            case "hang-up" -> {
                line().cut();
                current = null;
                return Json.object().put("cut", true);
            }
            default -> scene.customer(SURFACE, customer);
        }
        var message = switch (act) {
            case "enter" -> words.event(customer, group, "enter_chat", Json.array());
            case "feedback" ->
                words.event(
                        customer,
                        group,
                        "feedback_event",
                        words.feedback(BotWords.thread(customer, group), with, requests.screen()));
            case "press" ->
                words.event(
                        customer,
                        group,
                        "template_card_event",
                        BotWords.pressed(
                                scene.screens
                                        .find(with.path("message").asText())
                                        .orElseThrow(() -> new BadInputException("there is no such card")),
                                with));
            default -> throw new BadInputException("nothing is called " + act + " here");
        };
        var kind = act.equals("enter") ? BotRequests.Kind.ENTER : BotRequests.Kind.PRESS;
        send(message, "aibot_event_callback", kind, with.path("message").asText());
        return message.body();
    }

    synchronized Verified verify() {
        return current == null ? new Verified(false, "nobody is connected") : new Verified(true, "");
    }

    /** The newest line has the bot; the one before is told and hung up. */
    synchronized void signedIn(BotLine line) {
        if (current != null && current != line) current.evict();
        current = line;
        scene.journal.note(SURFACE, new Words("signed in", "已登录"));
    }

    synchronized void closed(BotLine line) {
        if (current != line) return;
        current = null;
        scene.journal.note(SURFACE, new Words("the line is closed", "连接已断开"));
    }

    synchronized void clear() {
        if (current != null) current.cut();
        current = null;
        requests.clear();
    }

    private void send(Message message, String command, BotRequests.Kind kind, String card) {
        if (current == null) {
            scene.journal.note(SURFACE, new Words("nobody is connected; lost: %s", "没有连接，已丢失：%s"), command);
            scene.screens.change(message.id(), shown -> shown.withFailed("nobody is connected"));
            return;
        }
        var request = requests.open(message.thread(), kind, card);
        var frame = frame(command, request, message.body()).toString();
        if (scene.faults.strikes(CONTROL_CHARACTERS, command)) {
            frame = frame.replaceFirst("\"content\":\"", "\"content\":\"\u0007");
        }
        current.send(command, frame);
    }

    private BotLine line() {
        if (current == null) throw new BadInputException("nobody is connected");
        return current;
    }

    static ObjectNode frame(String command, String request, JsonNode body) {
        var frame = Json.object().put("cmd", command);
        frame.putObject("headers").put("req_id", request);
        frame.set("body", body);
        return frame;
    }

    static JsonNode read(String frame) {
        try {
            return Json.MAPPER.readTree(frame);
        } catch (JsonProcessingException e) {
            return Json.object();
        }
    }

    static void note(Scene scene, Way way, String command, String frame) {
        scene.journal.frame(way, SURFACE, command, frame);
    }
}
