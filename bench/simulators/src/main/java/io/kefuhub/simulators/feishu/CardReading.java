package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A card as the customer's app draws it, from either schema: its texts, pictures and what can be pressed. One reading is
 * for one thread.
 */
final class CardReading {
    private final List<String> texts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> pictures = new ArrayList<>();
    private final List<Pressable> pressables = new ArrayList<>();
    private final ObjectNode form = Json.object();
    private String title = "";

    /** @param action what the platform tells the app when it is pressed */
    record Pressable(Shown.Button button, ObjectNode action) {}

    private CardReading() {}

    static CardReading of(JsonNode card) {
        var reading = new CardReading();
        reading.title = text(card.path("header").path("title"));
        var newer = card.path("schema").asText().equals("2.0");
        reading.elements(newer ? card.path("body").path("elements") : card.path("elements"), false);
        return reading;
    }

    Shown.Card drawn() {
        return new Shown.Card(
                title,
                String.join("\n", texts),
                pictures,
                pressables.stream().map(Pressable::button).toList(),
                String.join("\n", notes));
    }

    Optional<Pressable> pressable(String id) {
        return pressables.stream().filter(one -> one.button().id().equals(id)).findFirst();
    }

    private void elements(JsonNode elements, boolean inForm) {
        for (var element : elements) element(element, inForm);
    }

    private void element(JsonNode element, boolean inForm) {
        switch (element.path("tag").asText()) {
            case "markdown" -> add(texts, element.path("content").asText());
            case "div" -> {
                add(texts, text(element.path("text")));
                for (var field : element.path("fields")) add(texts, text(field.path("text")));
                if (element.has("extra")) element(element.path("extra"), inForm);
            }
            case "plain_text", "lark_md" -> add(texts, element.path("content").asText());
            case "hr" -> texts.add("———");
            case "img" -> add(pictures, "/sim/media/" + element.path("img_key").asText());
            case "note" -> {
                for (var note : element.path("elements")) add(notes, text(note));
            }
            case "table" -> table(element);
            case "column_set" -> elements(element.path("columns"), inForm);
            case "form" -> elements(element.path("elements"), true);
            case "action" -> elements(element.path("actions"), inForm);
            case "button" -> button(element, inForm);
            case "select_static", "overflow" -> choices(element);
            case "input" -> input(element);
            default -> elements(element.path("elements"), inForm);
        }
    }

    private void button(JsonNode element, boolean inForm) {
        var url =
                element.path("url").asText(element.path("multi_url").path("url").asText());
        var value = element.path("value");
        for (var behavior : element.path("behaviors")) {
            if (behavior.path("type").asText().equals("callback")) value = behavior.path("value");
            if (behavior.path("type").asText().equals("open_url"))
                url = behavior.path("default_url").asText();
        }
        var action = Json.object().put("tag", "button").put("timezone", "Asia/Shanghai");
        if (!value.isMissingNode()) action.set("value", value);
        if (element.has("name")) action.put("name", element.path("name").asText());
        if (inForm) action.set("form_value", form);
        press(element, text(element.path("text")), url, action);
    }

    private void choices(JsonNode element) {
        for (var option : element.path("options")) {
            var action = Json.object()
                    .put("tag", element.path("tag").asText())
                    .put("option", option.path("value").asText())
                    .put("timezone", "Asia/Shanghai");
            if (element.has("value")) action.set("value", element.path("value"));
            if (element.has("name")) action.put("name", element.path("name").asText());
            press(element, text(option.path("text")), "", action);
        }
    }

    private void input(JsonNode element) {
        form.put(element.path("name").asText(), element.path("default_value").asText());
        add(notes, "[" + text(element.path("placeholder")) + "]");
    }

    private void press(JsonNode element, String label, String url, ObjectNode action) {
        var id = "b" + pressables.size();
        var disabled = element.path("disabled").asBoolean();
        pressables.add(new Pressable(new Shown.Button(id, label, url, disabled), action));
    }

    private void table(JsonNode element) {
        var names = new ArrayList<String>();
        var heads = new ArrayList<String>();
        for (var column : element.path("columns")) {
            names.add(column.path("name").asText());
            heads.add(column.path("display_name").asText());
        }
        texts.add("| " + String.join(" | ", heads) + " |");
        texts.add("|" + " --- |".repeat(heads.size()));
        for (var row : element.path("rows")) {
            texts.add("| "
                    + String.join(
                            " | ",
                            names.stream().map(name -> row.path(name).asText()).toList()) + " |");
        }
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : node.path("content").asText();
    }

    private static void add(List<String> list, String text) {
        if (!text.isEmpty()) list.add(text);
    }
}
