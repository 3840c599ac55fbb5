package io.kefuhub.channel.wecom.kf;

import io.kefuhub.api.message.Part;
import io.kefuhub.channel.wecom.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Menus that customers tap in WeChat. Pure. */
final class Menus {
    /** Choices of one menu. */
    static final int MOST = 10;

    private static final int HEAD = 1_024;
    private static final int CHOICE = 128;
    private static final String RATING = "rating:";
    private static final List<String> SCORES = List.of("非常满意", "满意", "一般", "不满意", "非常不满意");

    private Menus() {}

    /** What more than a menu holds is read as lines of text. */
    static Map<String, Object> of(Part.Menu menu) {
        var list = new ArrayList<Map<String, Object>>();
        for (var option : menu.options()) {
            list.add(list.size() < MOST ? click(option.id(), option.text()) : line(option.text()));
        }
        return menu(menu.text(), list);
    }

    static Map<String, Object> welcome(KfSettings.Welcome welcome) {
        return menu(
                welcome.text(),
                welcome.choices().stream()
                        .map(choice -> click("welcome", choice))
                        .toList());
    }

    /** Five choices, from the best to the worst. */
    static Map<String, Object> satisfaction(String question) {
        var list = new ArrayList<Map<String, Object>>();
        for (var score = 5; score >= 1; score--) list.add(click(RATING + score, SCORES.get(5 - score)));
        return menu(question, list);
    }

    /** The score that a tapped choice stands for; empty when it is another menu's. */
    static Optional<Integer> score(String menuId) {
        if (!menuId.matches(RATING + "[1-5]")) return Optional.empty();
        return Optional.of(menuId.charAt(RATING.length()) - '0');
    }

    private static Map<String, Object> menu(String head, List<Map<String, Object>> list) {
        return Map.of("msgtype", "msgmenu", "msgmenu", Map.of("head_content", Texts.cut(head, HEAD), "list", list));
    }

    private static Map<String, Object> click(String id, String text) {
        return Map.of(
                "type", "click", "click", Map.of("id", Texts.cut(id, CHOICE), "content", Texts.cut(text, CHOICE)));
    }

    private static Map<String, Object> line(String text) {
        return Map.of("type", "text", "text", Map.of("content", Texts.cut(text, CHOICE)));
    }
}
