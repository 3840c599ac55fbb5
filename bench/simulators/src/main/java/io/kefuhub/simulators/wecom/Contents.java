package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Shown;
import io.kefuhub.simulators.Shown.By;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What the hub sends, checked as the platform checks it and made ready for the screen. Safe for threads. */
final class Contents {
    private static final int TEXT = 2048;

    private final Media media;

    Contents(Media media) {
        this.media = media;
    }

    /** The message of a body such as {@code {"msgtype":"text","text":{…}}}, as nobody's yet. */
    Shown of(JsonNode body, Set<String> allowed) throws Wrong {
        var kind = body.path("msgtype").asText();
        if (!allowed.contains(kind)) throw new Wrong(Wrong.MESSAGE_TYPE, "invalid message type");
        var content = body.path(kind);
        var shown = Shown.of("", "", "", By.HUB, kind, "").withOriginal(body);
        return switch (kind) {
            case "text", "markdown" -> {
                var text = needed(content, "content");
                if (size(text) > TEXT) throw new Wrong(Wrong.TOO_LONG, "content size out of limit");
                yield shown.withText(text, false);
            }
            case "image", "voice", "video", "file" -> {
                var item = media.find(content);
                // On the screen as long as the conversation, though the id ends sooner.
                yield shown.withMedia(item.id(), item.name())
                        .withText(content.path("title").asText(), false);
            }
            case "link" -> {
                needed(content, "title");
                needed(content, "url");
                media.find(content.path("thumb_media_id").asText());
                yield shown.withCard(Cards.link(
                        content.path("title").asText(),
                        content.path("desc").asText(),
                        content.path("url").asText(),
                        ""));
            }
            case "textcard" -> {
                needed(content, "title");
                needed(content, "url");
                yield shown.withCard(Cards.link(
                        content.path("title").asText(),
                        content.path("description").asText(),
                        content.path("url").asText(),
                        ""));
            }
            case "news" -> {
                if (content.path("articles").isEmpty()
                        || content.path("articles").size() > 8) {
                    throw new Wrong(Wrong.PARAMETER, "articles takes 1 to 8");
                }
                var first = content.path("articles").path(0);
                yield shown.withCard(Cards.link(
                        first.path("title").asText(),
                        first.path("description").asText(),
                        first.path("url").asText(),
                        first.path("picurl").asText()));
            }
            case "msgmenu" -> {
                if (content.path("list").isEmpty()
                        && content.path("head_content").asText().isEmpty()) {
                    throw new Wrong(Wrong.EMPTY, "empty menu");
                }
                yield shown.withCard(Cards.menu(content));
            }
            case "template_card" -> {
                if (content.path("card_type").asText().isEmpty()) throw new Wrong(Wrong.PARAMETER, "card_type missing");
                yield shown.withCard(Cards.template(content));
            }
            case "location" ->
                shown.withText(
                        content.path("name").asText() + " "
                                + content.path("address").asText(),
                        false);
            default -> shown.withText(content.path("title").asText(), false);
        };
    }

    static String needed(JsonNode content, String field) throws Wrong {
        var value = content.path(field).asText();
        if (value.isEmpty()) throw new Wrong(Wrong.EMPTY, field + " is empty");
        return value;
    }

    static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
