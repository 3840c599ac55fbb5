package io.kefuhub.channel.wecom.app;

import io.kefuhub.api.message.Part;
import io.kefuhub.channel.wecom.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Menus as cards with buttons, where they are small enough for one. Pure. */
final class Cards {
    private static final int BUTTONS = 6;
    private static final int BUTTON = 30;
    private static final int KEY = 1_024;
    private static final int TITLE = 26;
    private static final int WORDS = 112;

    private Cards() {}

    static boolean fits(Part.Menu menu) {
        return menu.options().size() <= BUTTONS
                && menu.text().length() <= WORDS
                && menu.options().stream()
                        .allMatch(one ->
                                one.text().length() <= BUTTON && !one.text().isBlank());
    }

    /** A button's key is what tapping it says. */
    static Map<String, Object> of(Part.Menu menu, String taskId) {
        var buttons = new ArrayList<Map<String, Object>>();
        for (var option : menu.options()) {
            buttons.add(Map.of("text", option.text(), "style", 1, "key", Texts.cut(option.text(), KEY)));
        }
        var isShort = menu.text().length() <= TITLE;
        return Map.of(
                "card_type",
                "button_interaction",
                "main_title",
                Map.of("title", isShort ? menu.text() : ""),
                "sub_title_text",
                isShort ? "" : menu.text(),
                "button_list",
                buttons,
                "task_id",
                taskId);
    }

    /** A menu that is too large for a card. */
    static String lines(Part.Menu menu) {
        var text = new StringBuilder(menu.text());
        var options = List.copyOf(menu.options());
        for (var at = 0; at < options.size(); at++) {
            text.append('\n').append(at + 1).append(". ").append(options.get(at).text());
        }
        return text.toString();
    }
}
