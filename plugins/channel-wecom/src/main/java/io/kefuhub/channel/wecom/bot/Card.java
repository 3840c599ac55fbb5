package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.message.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Choices as a card with buttons, where the platform's limits allow it. Pure. */
final class Card {
    private static final int MOST_BUTTONS = 6;
    private static final int LONGEST_BUTTON = 30;
    private static final int LONGEST_TITLE = 26;
    private static final int LONGEST_TEXT = 112;

    private Card() {}

    /** Whether all of it can be read on a card. */
    static boolean fits(Part.Menu menu) {
        return menu.options().size() <= MOST_BUTTONS
                && menu.text().length() <= LONGEST_TEXT
                && menu.options().stream()
                        .map(option -> Wording.clean(option.text()).strip())
                        .allMatch(text -> !text.isEmpty() && text.length() <= LONGEST_BUTTON);
    }

    /** The message that shows it. A button's key is what pressing it says. */
    static Map<String, Object> of(Part.Menu menu, String task) {
        return Map.of("msgtype", "template_card", "template_card", content(menu, task));
    }

    /** What takes its place once a button was pressed: the same, with a grey word in the place of its buttons. */
    static Map<String, Object> chosen(Part.Menu menu, String task, String choice) {
        var card = new HashMap<>(content(menu, task));
        card.put("replace_text", Wording.clean(choice).strip());
        return Map.of("response_type", "update_template_card", "template_card", card);
    }

    private static Map<String, Object> content(Part.Menu menu, String task) {
        var text = Wording.clean(menu.text());
        var isShort = text.length() <= LONGEST_TITLE;
        List<Map<String, Object>> buttons = menu.options().stream()
                .map(option -> Wording.clean(option.text()).strip())
                .map(words -> Map.<String, Object>of("text", words, "style", 1, "key", words))
                .toList();
        return Map.of(
                "card_type",
                "button_interaction",
                "main_title",
                Map.of("title", isShort ? text : ""),
                "sub_title_text",
                isShort ? "" : text,
                "button_list",
                buttons,
                "task_id",
                task);
    }
}
