package io.kefuhub.channel.wecom.kf;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.wecom.api.IncomingMedia;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what customers send, whatever kind it is. Safe for threads. */
final class Items {
    private final IncomingMedia media;

    Items(IncomingMedia media) {
        this.media = media;
    }

    /** Returns what the customer said; empty when its file needs longer than the patience. */
    Optional<List<Part>> read(JsonObject item, Duration patience) {
        var type = item.text("msgtype", "");
        var content = item.object(type).orElse(JsonObject.EMPTY);
        return switch (type) {
            case "image" -> file(content, Part.Media.Kind.IMAGE, type, patience);
            case "voice" -> file(content, Part.Media.Kind.VOICE, type, patience);
            case "video" -> file(content, Part.Media.Kind.VIDEO, type, patience);
            case "file" -> file(content, Part.Media.Kind.FILE, type, patience);
            default -> Optional.of(List.of(words(type, content)));
        };
    }

    private Optional<List<Part>> file(JsonObject content, Part.Media.Kind kind, String type, Duration patience) {
        return media.take(content.text("media_id", ""), kind, type, patience).map(List::of);
    }

    private static Part words(String type, JsonObject content) {
        var words = switch (type) {
            case "text" -> content.text("content", "");
            case "location" -> location(content);
            case "link" -> lines(content.text("title", ""), content.text("desc", ""), content.text("url", ""));
            case "miniprogram" ->
                lines(content.text("title", ""), joined(" ", content.text("appid", ""), content.text("pagepath", "")));
            case "channels_shop_product" ->
                lines(
                        content.text("title", ""),
                        content.text("sales_price", ""),
                        joined(" ", content.text("shop_nickname", ""), content.word("product_id")));
            case "channels_shop_order" ->
                lines(
                        content.text("product_titles", ""),
                        joined(" ", content.text("price_wording", ""), content.text("state", "")),
                        joined(" ", content.text("shop_nickname", ""), content.word("order_id")));
            default -> "";
        };
        return words.isBlank() ? new Part.Unsupported(type.isEmpty() ? "message" : type) : new Part.Text(words);
    }

    private static String location(JsonObject content) {
        var place = joined(", ", content.text("name", ""), content.text("address", ""));
        return joined(" ", "📍", place, "(" + content.decimal("latitude") + ", " + content.decimal("longitude") + ")");
    }

    private static String lines(String... lines) {
        return joined("\n", lines);
    }

    private static String joined(String between, String... words) {
        return Stream.of(words).filter(one -> !one.isBlank()).collect(Collectors.joining(between));
    }
}
