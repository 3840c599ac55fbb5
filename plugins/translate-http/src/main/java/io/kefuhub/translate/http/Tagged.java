package io.kefuhub.translate.http;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A text with tags round what must stay as it is: placeholders, web and mail addresses, prices, order numbers, terms. */
final class Tagged {
    static final String STAYS = "x";

    private static final String ADDRESS =
            "(?:https?://|www\\.)[^\\s\\p{IsHan}，。！？；：、（）<>\"]*[^\\s\\p{IsHan}，。！？；：、（）<>\".,;:!?)]"
                    + "|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+";
    private static final String PLACEHOLDER = "\\[[A-Za-z][A-Za-z_-]*\\d+]|\\$?\\{\\{?[\\w.-]{1,40}}}?";
    private static final String NUMBER =
            "[$€£¥￥]\\s?\\d[\\d.,]*\\d|[$€£¥￥]\\s?\\d|(?<![A-Za-z0-9])[A-Za-z]*\\d[A-Za-z0-9]*(?:[.,:/_-][A-Za-z0-9]+)+|\\d{4,}";
    private static final Pattern OURS = Pattern.compile("</?" + STAYS + ">");

    private Tagged() {}

    /** @param glossary terms and what they become, the longest first */
    static String write(String text, Map<String, String> glossary) {
        var terms = glossary.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        var all = ADDRESS + "|" + PLACEHOLDER + "|" + (terms.isEmpty() ? "" : terms + "|") + NUMBER;
        var tagged = new StringBuilder();
        var matcher = Pattern.compile(all).matcher(text);
        var last = 0;
        while (matcher.find()) {
            tagged.append(escaped(text.substring(last, matcher.start())));
            var kept = glossary.getOrDefault(matcher.group(), matcher.group());
            tagged.append('<')
                    .append(STAYS)
                    .append('>')
                    .append(escaped(kept))
                    .append("</")
                    .append(STAYS)
                    .append('>');
            last = matcher.end();
        }
        return tagged.append(escaped(text.substring(last))).toString();
    }

    static String read(String tagged) {
        return OURS.matcher(tagged)
                .replaceAll("")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
