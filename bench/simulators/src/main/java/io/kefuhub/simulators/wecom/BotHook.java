package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Answer;
import io.kefuhub.simulators.BadInputException;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.Callbacks.Reply;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Saying;
import io.kefuhub.simulators.Scene;
import io.kefuhub.simulators.Shown;
import io.kefuhub.simulators.Surface;
import io.kefuhub.simulators.Words;
import io.kefuhub.simulators.wecom.BotWords.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The bot that is called at an address: answers come back in the reply, and grow when they are asked for. Safe for threads. */
final class BotHook {
    static final String SURFACE = "bot";
    static final String RESPONSE = "/cgi-bin/aibot/response";
    static final Duration BETWEEN_POLLS = Duration.ofSeconds(1);
    static final Duration RESPONSE_LIFE = Duration.ofHours(1);

    static final Surface DESCRIPTION =
            BotWords.surface(SURFACE, new Words("AI bot, called at an address", "智能机器人（回调）"), true, List.of());

    /** Why. */
    static final Words NOT_SHOWN = new Words("the reply is not shown: %s", "回复没有显示：%s");

    private static final Set<String> WELCOMES = Set.of("text", "template_card");
    private static final Set<String> LATER = Set.of("markdown", "template_card");

    private final Scene scene;
    private final BotWords words;
    private final BotScreen screen;
    private final Letters letters;
    private final Map<String, Response> responses = new ConcurrentHashMap<>();

    private record Response(String thread, Instant until) {}

    BotHook(Scene scene, Media media) {
        this.scene = scene;
        this.words = new BotWords(scene, SURFACE);
        this.screen = new BotScreen(scene, SURFACE, media);
        this.letters = new Letters(scene, SURFACE, Corp.BOT_SEAL);
    }

    Letters letters() {
        return letters;
    }

    List<String> say(List<Saying> sayings, Saying.Manner manner) {
        var said = sayings.stream().map(saying -> words.message(saying, false)).toList();
        said.forEach(message -> message.body().put("response_url", responseUrl(message.thread())));
        manner.arrange(said)
                .forEach(message -> send(message, message.body().path("msgtype").asText(), BotScreen.ANSWERS));
        return said.stream().map(Message::id).toList();
    }

    JsonNode act(String customer, String act, JsonNode with) {
        scene.customer(SURFACE, customer);
        var group = with.path("group").asText();
        var message = switch (act) {
            case "enter" -> words.event(customer, group, "enter_chat", Json.array());
            case "feedback" ->
                words.event(
                        customer,
                        group,
                        "feedback_event",
                        words.feedback(BotWords.thread(customer, group), with, screen));
            case "press" -> words.event(customer, group, "template_card_event", BotWords.pressed(card(with), with));
            default -> throw new BadInputException("nothing is called " + act + " here");
        };
        if (!act.equals("feedback")) message.body().put("response_url", responseUrl(message.thread()));
        switch (act) {
            case "enter" -> send(message, "enter_chat", WELCOMES);
            case "feedback" -> send(message, "feedback_event", Set.of());
            default ->
                letters.json(message.thread(), "template_card_event", message.body(), reply -> updated(with, reply));
        }
        return message.body();
    }

    /** The one message that may come later, by the address that went with what was said. */
    Answer respond(Call call) {
        var response = responses.get(call.query("response_code"));
        if (response == null || response.until.isBefore(scene.time.instant())) {
            return Wrong.answer(Wrong.PARAMETER, "response_code is invalid, used or expired");
        }
        try {
            screen.show(response.thread, call.json(), LATER);
        } catch (Wrong wrong) {
            return Wrong.answer(wrong.code, String.valueOf(wrong.getMessage()));
        }
        responses.remove(call.query("response_code"));
        return Answer.json(Wrong.ok());
    }

    void clear() {
        responses.clear();
        screen.clear();
    }

    private void send(Message message, String what, Set<String> allowed) {
        letters.json(message.thread(), what, message.body(), reply -> replied(message, reply, allowed));
    }

    private void replied(Message message, Reply reply, Set<String> allowed) {
        if (!reply.accepted() || reply.body().isBlank()) return;
        try {
            var body = open(reply.body());
            var said = screen.show(message.thread(), body, allowed);
            if (said.growing())
                pollLater(message, body.path("stream").path("id").asText());
        } catch (Seal.BrokenException | Wrong broken) {
            scene.journal.note(SURFACE, NOT_SHOWN, String.valueOf(broken.getMessage()));
        }
    }

    private void pollLater(Message message, String stream) {
        scene.time.after(BETWEEN_POLLS, () -> poll(message, stream));
    }

    private void poll(Message message, String stream) {
        if (screen.expired(message.thread(), stream)) {
            screen.expire(message.thread(), stream);
            return;
        }
        ObjectNode body = message.body().deepCopy();
        var kind = body.path("msgtype").asText();
        body.remove(List.of(kind, "quote", "response_url"));
        body.put("msgid", Letters.id("CAIQ")).put("msgtype", "stream");
        body.putObject("stream").put("id", stream);
        letters.poll(message.thread() + "/" + stream, body, reply -> polled(message, stream, reply));
    }

    private void polled(Message message, String stream, Reply reply) {
        if (!reply.accepted() || reply.body().isBlank()) {
            pollLater(message, stream);
            return;
        }
        try {
            var body = open(reply.body());
            if (!body.path("stream").path("id").asText().equals(stream)) {
                throw new Wrong(Wrong.BOT_STREAM, "the reply is about another stream");
            }
            if (screen.show(message.thread(), body, BotScreen.ANSWERS).growing()) pollLater(message, stream);
        } catch (Seal.BrokenException | Wrong broken) {
            scene.journal.note(SURFACE, NOT_SHOWN, String.valueOf(broken.getMessage()));
            pollLater(message, stream);
        }
    }

    private void updated(JsonNode with, Reply reply) {
        if (!reply.accepted() || reply.body().isBlank()) return;
        try {
            screen.update(with.path("message").asText(), open(reply.body()));
        } catch (Seal.BrokenException broken) {
            scene.journal.note(
                    SURFACE,
                    new Words("the card is not changed: %s", "卡片没有更新：%s"),
                    String.valueOf(broken.getMessage()));
        }
    }

    private Shown card(JsonNode with) {
        return scene.screens
                .find(with.path("message").asText())
                .orElseThrow(() -> new BadInputException("there is no such card"));
    }

    private String responseUrl(String thread) {
        var code = Letters.id("code-");
        responses.put(code, new Response(thread, scene.time.instant().plus(RESPONSE_LIFE)));
        return scene.address() + RESPONSE + "?response_code=" + code;
    }

    private static JsonNode open(String reply) throws Seal.BrokenException {
        try {
            var outer = Json.MAPPER.readTree(reply);
            var sealed = outer.path("encrypt").asText();
            var signature = Corp.BOT_SEAL.sign(
                    outer.path("timestamp").asText(), outer.path("nonce").asText(), sealed);
            if (!signature.equals(outer.path("msgsignature").asText())) {
                throw new Seal.BrokenException("its signature is wrong");
            }
            return Json.MAPPER.readTree(Corp.BOT_SEAL.open(sealed));
        } catch (JsonProcessingException e) {
            throw new Seal.BrokenException("it is not JSON");
        }
    }
}
