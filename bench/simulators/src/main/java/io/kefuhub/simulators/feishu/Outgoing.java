package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** What the bot may send: checks content and size of each type before anything is posted. */
final class Outgoing {
    static final int LARGEST_TEXT = 150 * 1024;
    static final int LARGEST_CARD = 30 * 1024;

    private static final Set<String> LOCALES = Set.of("zh_cn", "en_us", "ja_jp", "zh_hk", "zh_tw");
    private static final int MOST_TABLES = 5;

    private final Media media;
    private final People people;

    Outgoing(Media media, People people) {
        this.media = media;
        this.people = people;
    }

    /** @param requestBytes length of the whole request, which the limits are for */
    void check(String type, String content, long requestBytes) {
        if (requestBytes > (Set.of("post", "interactive").contains(type) ? LARGEST_CARD : LARGEST_TEXT)) {
            throw Code.TOO_LONG.refusal();
        }
        var node = Trees.object(content)
                .orElseThrow(() -> Code.PARAMETER_WRONG.refusal("content is not a string in json format"));
        switch (type) {
            case "text" -> text(node);
            case "post" -> post(node);
            case "image" -> media(node, "image_key", "image");
            case "file" -> media(node, "file_key", "");
            case "audio" -> media(node, "file_key", "opus");
            case "media" -> {
                media(node, "file_key", "mp4");
                if (node.has("image_key")) media(node, "image_key", "image");
            }
            case "sticker" -> sticker(node);
            case "share_chat" -> {
                if (people.chat(node.path("chat_id").asText()).isEmpty()) throw wrong("chat_id");
            }
            case "share_user" -> {
                if (people.user(node.path("user_id").asText()).isEmpty()) throw wrong("user_id");
            }
            case "interactive" -> card(node);
            default -> throw wrong("msg_type " + type);
        }
    }

    private static void text(ObjectNode node) {
        if (!node.path("text").isTextual() || node.path("text").asText().isEmpty()) throw wrong("text is empty");
    }

    private void post(ObjectNode node) {
        if (node.isEmpty()) throw wrong("post is empty");
        for (var locale : node.properties()) {
            if (!LOCALES.contains(locale.getKey())) throw wrong("post needs a locale level, not " + locale.getKey());
            var lines = locale.getValue().path("content");
            if (!lines.isArray()) throw wrong("content of a post is a list of lines");
            for (var line : lines) {
                if (!line.isArray()) throw wrong("a line of a post is a list");
                for (var piece : line) postPiece(piece);
            }
        }
    }

    private void postPiece(JsonNode piece) {
        switch (piece.path("tag").asText()) {
            case "text", "md", "code_block" -> {
                if (!piece.path("text").isTextual()) throw wrong("text of a post");
            }
            case "a" -> {
                if (!piece.path("href").isTextual()) throw wrong("href of a post");
            }
            case "at" -> {
                if (piece.path("user_id").asText().isEmpty()) throw wrong("user_id of a post");
            }
            case "img" -> media(piece, "image_key", "image");
            case "media" -> media(piece, "file_key", "mp4");
            case "hr", "emotion" -> {}
            default -> throw wrong("tag " + piece.path("tag").asText() + " of a post");
        }
    }

    private void media(JsonNode node, String field, String kind) {
        var key = node.path(field).asText();
        var item = media.find(key).orElseThrow(() -> wrong(field + " " + key));
        if (!item.byApp()) throw Code.NOT_UPLOADED_BY_APP.refusal();
        var fits = kind.isEmpty() ? !item.image() : item.kind().equals(kind);
        if (!fits) throw Code.TYPE_MISMATCH.refusal();
    }

    private void sticker(ObjectNode node) {
        var item = media.find(node.path("file_key").asText()).orElseThrow(() -> wrong("file_key"));
        if (item.byApp()) throw Code.TYPE_MISMATCH.refusal();
    }

    static void card(ObjectNode card) {
        if (Set.of("template", "card").contains(card.path("type").asText())) return;
        var elements =
                card.path("schema").asText().equals("2.0") ? card.path("body").path("elements") : card.path("elements");
        if (!elements.isArray() && !card.has("i18n_elements")) {
            throw new Refusal(
                    Code.CARD_WRONG, "Failed to create card content, ext=ErrCode: 200621; ErrMsg: parse card json err");
        }
        if (tables(elements) > MOST_TABLES) {
            throw new Refusal(
                    Code.CARD_WRONG,
                    "Failed to create card content, ext=ErrCode: 11310; ErrMsg: card table number over limit");
        }
    }

    /** Tables as elements of their own, and those that markdown draws. */
    private static long tables(JsonNode elements) {
        var count = 0L;
        for (var element : elements) {
            switch (element.path("tag").asText()) {
                case "table" -> count++;
                case "markdown" ->
                    count += element.path("content")
                            .asText()
                            .lines()
                            .filter(line -> line.matches("\\s*\\|?\\s*:?-{3,}:?\\s*\\|.*"))
                            .count();
                default -> count += tables(element.path("elements"));
            }
        }
        return count;
    }

    private static Refusal wrong(String detail) {
        return Code.PARAMETER_WRONG.refusal(detail);
    }
}
