package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.BadInputException;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Shown;
import io.kefuhub.simulators.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Buttons of cards that are pressed, and what the hub makes of it: a word at the edge of the screen, a new card at once,
 * or one within 30 minutes, twice at most. Safe for threads.
 */
final class Presses {
    static final Duration CHANGES = Duration.ofMinutes(30);
    static final int MOST_CHANGES = 2;

    private final AppSide side;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    private record Pending(String message, Instant until, int left) {}

    Presses(AppSide side) {
        this.side = side;
    }

    /** @param form what is filled in, for buttons of a form */
    ObjectNode press(People.User who, Posted card, String button, JsonNode form) {
        var content = Trees.content(card.content());
        var pressable = CardReading.of(side.drawing.cardOf(content))
                .pressable(button)
                .orElseThrow(() -> new BadInputException("the card has no button " + button));
        if (pressable.button().disabled()) throw new BadInputException("the button is disabled");
        var action = pressable.action().deepCopy();
        if (action.has("form_value"))
            form.properties().forEach(field -> action.withObject("/form_value").set(field.getKey(), field.getValue()));
        var event = side.events().pressed(card, who, action);
        pending.put(
                event.path("event").path("token").asText(),
                new Pending(card.id(), side.scene.time.instant().plus(CHANGES), MOST_CHANGES));
        var answer = side.road.ask(event);
        if (answer.isEmpty()) {
            toast(card, "error", "出错了，请稍后重试 code: 200340");
            return Json.object().put("answered", false);
        }
        var toast = answer.get().path("toast");
        if (toast.isObject())
            toast(card, toast.path("type").asText("info"), toast.path("content").asText());
        var next = answer.get().path("card");
        if (next.isObject()) replace(card, next.path("data"));
        var told = Json.object().put("answered", true);
        told.set("answer", answer.get());
        return told;
    }

    /** The later change, with the token of the press. */
    void later(String token, JsonNode card) {
        var pressed = pending.get(token);
        if (pressed == null || pressed.left() == 0 || side.scene.time.instant().isAfter(pressed.until())) {
            throw Code.PARAMETER_WRONG.refusal("the token is unknown, used up or too old");
        }
        pending.put(token, new Pending(pressed.message(), pressed.until(), pressed.left() - 1));
        replace(side.named(pressed.message()), card);
    }

    private void replace(Posted message, JsonNode card) {
        var content = Trees.content(message.content());
        if (!content.path("type").asText().equals("card")) {
            side.show(side.messages.rewrite(message.id(), card.toString()));
            return;
        }
        var id = content.path("data").path("card_id").asText();
        if (!side.cards.overwrite(id, card)) {
            side.scene.journal.note(
                    side.surface,
                    new Words(
                            "a card that is still streaming takes no new card from a callback",
                            "卡片仍在流式更新，不接受回调返回的新卡片"));
        }
        side.showCard(id);
    }

    private void toast(Posted card, String type, String text) {
        side.scene.screens.show(Shown.text(
                "toast-" + side.ids.hex(16),
                side.surface,
                Drawing.thread(side.chat(card)),
                Shown.By.SYSTEM,
                "[" + type + "] " + text));
    }
}
