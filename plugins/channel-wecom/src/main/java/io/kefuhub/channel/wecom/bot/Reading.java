package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what the platform tells a bot; the same in a webhook's call and over the connection. Immutable. */
final class Reading {
    /** The platform's own name for itself where nobody did anything. */
    private static final String SYSTEM = "sys";

    /** Names have no space in them on phones; between name and words stands a space of some kind. */
    private static final Pattern CALLED = Pattern.compile("^\\s*@[^\\s\u2005\u00A0]+[\\s\u2005\u00A0]*");

    private static final int LONGEST_NAME = 90;

    private final InstantSource clock;

    Reading(InstantSource clock) {
        this.clock = clock;
    }

    /** Reads a verified body. */
    Callback read(JsonObject body) {
        var type = body.text("msgtype", "");
        if (type.equals("stream")) {
            return new Callback.Fetches(
                    body.object("stream").orElse(JsonObject.EMPTY).text("id", ""));
        }
        var event = body.object("event").orElse(JsonObject.EMPTY);
        if (type.equals("event") && event.text("eventtype", "").equals("disconnected_event")) {
            return new Callback.Evicted();
        }
        var origin = origin(body);
        if (origin.isEmpty()) return new Callback.Nothing();
        return type.equals("event") ? event(origin.get(), event) : said(origin.get(), type, body);
    }

    /** Returns nothing where nobody did it, or somebody whose name cannot be one. */
    private Optional<Origin> origin(JsonObject body) {
        var user = body.object("from").orElse(JsonObject.EMPTY).text("userid", "");
        var chat = body.text("chattype", "").equals("group") ? body.text("chatid", "") : "";
        var msgId = body.word("msgid");
        var isOdd = user.isEmpty() || user.length() > LONGEST_NAME || chat.length() > LONGEST_NAME;
        if (isOdd || user.equals(SYSTEM) || msgId.isEmpty() || msgId.length() > 200) return Optional.empty();
        var second = body.number("create_time", 0);
        var at = second > 0 ? Instant.ofEpochSecond(second) : clock.instant();
        return Optional.of(new Origin(msgId, user, chat, at, body.text("response_url", "")));
    }

    private static Callback event(Origin origin, JsonObject event) {
        var type = event.text("eventtype", "");
        var detail = event.object(type).orElse(JsonObject.EMPTY);
        return switch (type) {
            case "enter_chat" -> new Callback.Entered(origin);
            case "template_card_event" ->
                new Callback.Pressed(origin, detail.text("event_key", ""), detail.text("task_id", ""));
            case "feedback_event" ->
                new Callback.Judged(origin, detail.text("id", ""), (int) detail.number("type", 0), judgement(detail));
            default -> new Callback.Nothing();
        };
    }

    private static String judgement(JsonObject detail) {
        var reasons = detail.list("inaccurate_reason_list").stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        var words = detail.text("content", "");
        if (reasons.isEmpty()) return words;
        return words.isEmpty() ? "#" + reasons : words + " (#" + reasons + ")";
    }

    private static Callback said(Origin origin, String type, JsonObject body) {
        var pieces = new ArrayList<>(pieces(type, body));
        if (origin.isGroup()) uncall(pieces);
        body.object("quote").ifPresent(quote -> {
            var quoted = pieces(quote.text("msgtype", ""), quote);
            for (var at = quoted.size() - 1; at >= 0; at--) quote(pieces, quoted.get(at));
        });
        return new Callback.Said(origin, pieces);
    }

    private static List<Piece> pieces(String type, JsonObject body) {
        var content = body.object(type).orElse(JsonObject.EMPTY);
        return switch (type) {
            case "text", "voice" -> List.of(words(type, content.text("content", "")));
            case "image", "file", "video" -> List.of(media(type, content));
            case "mixed" -> {
                var items = content.objects("msg_item").stream()
                        .flatMap(item -> pieces(inner(item), item).stream())
                        .toList();
                yield items.isEmpty() ? List.of(new Piece.Strange(type)) : items;
            }
            default -> List.of(new Piece.Strange(type));
        };
    }

    /** A mixed message in a mixed message is none that there is. */
    private static String inner(JsonObject item) {
        var type = item.text("msgtype", "");
        return type.equals("mixed") ? "mixed in mixed" : type;
    }

    private static Piece words(String type, String text) {
        return Wording.clean(text).isBlank()
                ? new Piece.Strange(type)
                : new Piece.Words(Wording.clean(text).strip());
    }

    private static Piece media(String type, JsonObject content) {
        var url = content.text("url", "");
        return url.isEmpty() ? new Piece.Strange(type) : new Piece.Media(type, url, content.text("aeskey", ""));
    }

    /** Takes away the bot's name, by which it is called in a group, unless nothing else was said. */
    private static void uncall(List<Piece> pieces) {
        for (var at = 0; at < pieces.size(); at++) {
            if (!(pieces.get(at) instanceof Piece.Words(var text))) continue;
            var bare = CALLED.matcher(text).replaceFirst("");
            if (!bare.isBlank()) pieces.set(at, new Piece.Words(bare.strip()));
            else if (pieces.size() > 1) pieces.remove(at);
            return;
        }
    }

    /** Puts what is quoted before what is said of it. */
    private static void quote(List<Piece> pieces, Piece quoted) {
        if (!(quoted instanceof Piece.Words(var text))) {
            pieces.addFirst(quoted);
            return;
        }
        var lines = text.lines().map(line -> "> " + line).collect(Collectors.joining("\n"));
        if (pieces.getFirst() instanceof Piece.Words(var said)) {
            pieces.set(0, new Piece.Words(lines + "\n\n" + said));
        } else {
            pieces.addFirst(new Piece.Words(lines));
        }
    }
}
