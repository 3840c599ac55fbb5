package io.kefuhub.channel.feishu.message;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what each type of message holds. */
final class Contents {
    private static final Set<String> WORDS = Set.of("text", "content", "title");
    private static final int DEEPEST = 12;

    private Contents() {}

    /** Returns at least one piece. */
    static List<Piece> of(CustomerMessage message, Mentions mentions) {
        var content = message.content();
        var pieces = switch (message.type()) {
            case "text" -> said(mentions.in(content.text("text", "")), mentions);
            case "post" -> Post.pieces(content, mentions);
            case "image" -> picture(content);
            case "file" -> resource(Part.Media.Kind.FILE, content, content.text("file_name", "file"), "file");
            case "audio" -> resource(Part.Media.Kind.VOICE, content, "voice.ogg", "audio");
            case "media" -> resource(Part.Media.Kind.VIDEO, content, content.text("file_name", "video.mp4"), "media");
            case "location" -> place(content);
            case "merge_forward" -> List.<Piece>of(new Piece.Forwarded());
            case "interactive" -> said(words(content), mentions);
            default -> List.<Piece>of();
        };
        return pieces.isEmpty() ? List.of(new Piece.Odd(message.type())) : pieces;
    }

    private static List<Piece> said(String text, Mentions mentions) {
        var shown = text.isBlank() ? mentions.call() : text;
        return shown.isBlank() ? List.of() : List.of(new Piece.Said(shown));
    }

    private static List<Piece> picture(JsonObject content) {
        return content
                .text("image_key")
                .<Piece>map(key -> new Piece.Resource(Part.Media.Kind.IMAGE, key, true, "image", "image"))
                .stream()
                .toList();
    }

    private static List<Piece> resource(Part.Media.Kind kind, JsonObject content, String name, String type) {
        return content.text("file_key").<Piece>map(key -> new Piece.Resource(kind, key, false, name, type)).stream()
                .toList();
    }

    private static List<Piece> place(JsonObject content) {
        var name = content.text("name", "");
        var latitude = content.word("latitude");
        var longitude = content.word("longitude");
        var where = latitude.isEmpty() || longitude.isEmpty() ? "" : "(" + latitude + ", " + longitude + ")";
        var text = (name + " " + where).strip();
        return text.isEmpty() ? List.of() : List.of(new Piece.Said("📍 " + text));
    }

    /** All words of a card, a line each. */
    private static String words(JsonObject card) {
        var lines = new ArrayList<String>();
        gather(card, lines, 0);
        return String.join("\n", lines);
    }

    private static void gather(Object value, List<String> lines, int depth) {
        if (depth > DEEPEST) return;
        if (value instanceof JsonObject object) {
            object.members().forEach((name, member) -> {
                if (member instanceof String text) {
                    if (WORDS.contains(name) && !text.isBlank()) lines.add(text.strip());
                } else {
                    gather(member, lines, depth + 1);
                }
            });
        } else if (value instanceof List<?> items) {
            for (var item : items) gather(item, lines, depth + 1);
        }
    }
}
