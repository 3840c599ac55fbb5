package io.kefuhub.channel.feishu.reply;

import io.kefuhub.api.message.Part;
import io.kefuhub.channel.feishu.message.Choices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cards that are sent. */
final class Cards {
    static final String ELEMENT = "answer";

    private static final String MARKUP = "*~`[\\";
    private static final String MARKUP_OF_LINES = "#-+|_";

    private Cards() {}

    /** Words with a button for each option. */
    static Map<String, Object> menu(Part.Menu menu, String thread, String delivery, Choices choices) {
        var elements = new ArrayList<Object>();
        elements.add(Map.of("tag", "div", "text", plain(menu.text())));
        for (var option : menu.options()) {
            elements.add(Map.of(
                    "tag",
                    "button",
                    "text",
                    plain(option.text()),
                    "type",
                    "default",
                    "behaviors",
                    List.of(Map.of(
                            "type", "callback", "value", Map.of("choice", choices.write(thread, delivery, option))))));
        }
        return card(Map.of("update_multi", true), elements);
    }

    /** An answer that is still being made. */
    static Map<String, Object> growing(String text) {
        var config = new LinkedHashMap<String, Object>();
        config.put("streaming_mode", true);
        config.put("update_multi", true);
        config.put("summary", Map.of("content", "…"));
        config.put(
                "streaming_config",
                Map.of(
                        "print_frequency_ms", Map.of("default", 70),
                        "print_step", Map.of("default", 1),
                        "print_strategy", "fast"));
        return card(config, List.of(words(text)));
    }

    /** An answer that is whole. */
    static Map<String, Object> whole(String text) {
        return card(Map.of("streaming_mode", false, "update_multi", true), List.of(words(text)));
    }

    private static Map<String, Object> words(String text) {
        return Map.of("tag", "markdown", "element_id", ELEMENT, "content", escaped(text));
    }

    private static Map<String, Object> card(Map<String, Object> config, List<?> elements) {
        var card = new LinkedHashMap<String, Object>();
        card.put("schema", "2.0");
        card.put("config", config);
        card.put("body", Map.of("elements", elements));
        return card;
    }

    private static Map<String, Object> plain(String text) {
        return Map.of("tag", "plain_text", "content", text);
    }

    /** Words that stay as they are where markup is read; what begins alike is escaped alike. */
    static String escaped(String text) {
        var out = new StringBuilder(text.length() + 16);
        var lineBegins = true;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '<') out.append("&lt;");
            else if (c == '>') out.append("&gt;");
            else if (c == '&') out.append("&amp;");
            else if (MARKUP.indexOf(c) >= 0 || (lineBegins && MARKUP_OF_LINES.indexOf(c) >= 0)) {
                out.append("&#").append((int) c).append(';');
            } else out.append(c);
            lineBegins = c == '\n' || (lineBegins && Character.isWhitespace(c));
        }
        return out.toString();
    }
}
