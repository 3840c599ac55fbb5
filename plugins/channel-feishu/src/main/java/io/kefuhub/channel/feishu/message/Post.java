package io.kefuhub.channel.feishu.message;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.message.Part;
import java.util.ArrayList;
import java.util.List;

/** Reads a post: lines of words, links and people, with pictures and films between. One use, one thread. */
final class Post {
    private final Mentions mentions;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();

    private Post(Mentions mentions) {
        this.mentions = mentions;
    }

    static List<Piece> pieces(JsonObject content, Mentions mentions) {
        var post = new Post(mentions);
        post.read(body(content));
        var pieces = post.pieces;
        if (pieces.isEmpty() && !mentions.call().isEmpty()) return List.of(new Piece.Said(mentions.call()));
        return pieces;
    }

    /** What is received has no level for languages; what was sent by an app may have. */
    private static JsonObject body(JsonObject content) {
        if (content.has("content")) return content;
        return content.members().values().stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(one -> one.has("content"))
                .findFirst()
                .orElse(content);
    }

    private void read(JsonObject body) {
        var title = mentions.in(body.text("title", ""));
        if (!title.isEmpty()) words.append(title).append('\n');
        for (var line : body.list("content")) {
            if (!(line instanceof List<?> items)) continue;
            for (var item : items) {
                if (item instanceof JsonObject one) add(one);
            }
            words.append('\n');
        }
        endWords();
    }

    private void add(JsonObject item) {
        switch (item.text("tag", "")) {
            case "img" -> file(item.text("image_key", ""), true);
            case "media" -> file(item.text("file_key", ""), false);
            case "at" -> words.append(person(item));
            case "a" -> words.append(link(item.text("text", ""), item.text("href", "")));
            case "hr" -> words.append("---");
            case "emotion" ->
                words.append('[').append(item.text("emoji_type", "")).append(']');
            default -> words.append(item.text("text", ""));
        }
    }

    private String person(JsonObject item) {
        var id = item.text("user_id", "");
        if (id.equals("all") || id.equals("@_all")) return "@all";
        for (var one : mentions.all()) {
            if (one.key().equals(id) || one.openId().equals(id)) return mentions.isBot(one) ? "" : "@" + one.name();
        }
        return id.equals(mentions.bot()) && !id.isEmpty() ? "" : "@" + item.text("user_name", id);
    }

    private static String link(String text, String href) {
        if (href.isEmpty() || text.equals(href)) return text;
        return text.isBlank() ? href : text + " (" + href + ")";
    }

    private void file(String key, boolean picture) {
        if (key.isEmpty()) return;
        endWords();
        pieces.add(
                picture
                        ? new Piece.Resource(Part.Media.Kind.IMAGE, key, true, "image", "image")
                        : new Piece.Resource(Part.Media.Kind.VIDEO, key, false, "video.mp4", "media"));
    }

    private void endWords() {
        var text = mentions.in(words.toString());
        words.setLength(0);
        if (!text.isBlank()) pieces.add(new Piece.Said(text));
    }
}
