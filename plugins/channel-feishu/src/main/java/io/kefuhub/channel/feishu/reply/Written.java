package io.kefuhub.channel.feishu.reply;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.message.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A message as the platform takes it. Immutable.
 *
 * @param type the platform's, such as {@code text}
 * @param content JSON as text
 */
record Written(String type, String content) {
    private static final Pattern MARKUP = Pattern.compile("[<>&]|\\[[^\\]\\n]*]\\(");
    private static final int LARGEST_POST = 28_000;

    /**
     * Words as they are. A text message takes some signs for markup, by which anybody could be called; a post does not, so
     * words with such signs go as a post.
     */
    static Written words(String text) {
        if (!MARKUP.matcher(text).find()) return text(text);
        var post = post(lines(text));
        return post.size() <= LARGEST_POST ? post : escaped(text);
    }

    /** Words as a text message in which nothing is markup. */
    static Written escaped(String text) {
        return text(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }

    private static Written text(String text) {
        return new Written("text", Json.write(Map.of("text", text)));
    }

    static Written post(List<Object> lines) {
        return new Written("post", Json.write(Map.of("zh_cn", Map.of("content", lines))));
    }

    /** Each line of a text as a line of a post. */
    static List<Object> lines(String text) {
        var lines = new ArrayList<Object>();
        text.lines().forEach(line -> lines.add(List.of(Map.of("tag", "text", "text", line.isEmpty() ? " " : line))));
        return lines;
    }

    static Written card(Map<String, ?> card) {
        return new Written("interactive", Json.write(card));
    }

    /** A menu for where cards are not taken. */
    static Written numbered(Part.Menu menu) {
        var text = new StringBuilder(menu.text());
        var number = 1;
        for (var option : menu.options())
            text.append('\n').append(number++).append(". ").append(option.text());
        return words(text.toString());
    }

    /** How large it is within a call. */
    int size() {
        return Json.write(content).getBytes(StandardCharsets.UTF_8).length;
    }
}
