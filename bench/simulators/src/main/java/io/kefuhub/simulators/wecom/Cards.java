package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Shown.Button;
import io.kefuhub.simulators.Shown.Card;
import java.util.ArrayList;
import java.util.List;

/** What WeCom's cards, menus and articles look like, in the plain shape that the page draws. */
final class Cards {
    private Cards() {}

    static Card template(JsonNode card) {
        var text = new ArrayList<String>();
        add(text, card.path("main_title").path("desc").asText());
        add(text, card.path("emphasis_content").path("title").asText());
        add(text, card.path("emphasis_content").path("desc").asText());
        add(text, card.path("quote_area").path("quote_text").asText());
        add(text, card.path("sub_title_text").asText());
        for (var line : card.path("horizontal_content_list")) {
            add(text, line.path("keyname").asText() + ": " + line.path("value").asText());
        }
        for (var line : card.path("vertical_content_list")) {
            add(text, line.path("title").asText() + " " + line.path("desc").asText());
        }
        var buttons = new ArrayList<Button>();
        for (var button : card.path("button_list")) {
            buttons.add(new Button(
                    button.path("key").asText(),
                    button.path("text").asText(),
                    button.path("url").asText(),
                    false));
        }
        for (var jump : card.path("jump_list")) {
            buttons.add(
                    new Button("", jump.path("title").asText(), jump.path("url").asText(), false));
        }
        var submit = card.path("submit_button");
        if (submit.isObject())
            buttons.add(
                    new Button(submit.path("key").asText(), submit.path("text").asText(), "", false));
        for (var option : card.path("checkbox").path("option_list"))
            add(text, "☐ " + option.path("text").asText());
        for (var select : card.path("select_list")) {
            add(text, select.path("title").asText());
            for (var option : select.path("option_list"))
                add(text, "○ " + option.path("text").asText());
        }
        var pictures = new ArrayList<String>();
        add(pictures, card.path("card_image").path("url").asText());
        return new Card(
                card.path("main_title").path("title").asText(),
                String.join("\n", text),
                pictures,
                buttons,
                card.path("source").path("desc").asText());
    }

    /** A card whose buttons were used up: the pressed one is replaced by what it says now. */
    static Card replaced(Card card, String label) {
        return new Card(
                card.title(), card.text(), card.pictures(), List.of(new Button("", label, "", true)), card.note());
    }

    static Card menu(JsonNode menu) {
        var buttons = new ArrayList<Button>();
        for (var entry : menu.path("list")) {
            var type = entry.path("type").asText();
            var inner = entry.path(type);
            var id = type.equals("click") ? inner.path("id").asText() : "";
            buttons.add(new Button(
                    id, inner.path("content").asText(), inner.path("url").asText(), false));
        }
        return new Card(
                menu.path("head_content").asText(),
                "",
                List.of(),
                buttons,
                menu.path("tail_content").asText());
    }

    static Card link(String title, String text, String url, String picture) {
        return new Card(
                title,
                text,
                picture.isEmpty() ? List.of() : List.of(picture),
                List.of(new Button("", url, url, false)),
                "");
    }

    private static void add(List<String> lines, String line) {
        if (!line.isBlank()) lines.add(line.strip());
    }
}
