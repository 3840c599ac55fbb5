package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A message as the customer's app shows it. */
final class Drawing {
    private static final Pattern AT = Pattern.compile("<at [^>]*?user_id=\"?([^\">]*)\"?[^>]*>([^<]*)</at>");

    private final String surface;
    private final People people;
    private final Media media;
    private final Messages messages;
    private final Cards cards;

    Drawing(String surface, People people, Media media, Messages messages, Cards cards) {
        this.surface = surface;
        this.people = people;
        this.media = media;
        this.messages = messages;
        this.cards = cards;
    }

    /** The conversation a chat is on the page: a group by its name, a private chat by the person. */
    static String thread(People.Chat chat) {
        return chat.group() ? chat.name() : chat.members().getFirst();
    }

    Optional<Shown> draw(Posted message) {
        return people.chat(message.chat()).map(chat -> draw(message, thread(chat)));
    }

    private Shown draw(Posted message, String thread) {
        var by = message.origin().bot() ? Shown.By.HUB : Shown.By.CUSTOMER;
        var content = Trees.content(message.content());
        var shown = Shown.of(message.id(), surface, thread, by, kind(message.type(), content), text(message))
                .withAside(aside(message))
                .withOriginal(original(message, content));
        shown = withMedia(shown, content, message.type());
        if (message.type().equals("interactive")) shown = withCard(shown, content);
        return message.state().withdrawn() ? shown.withRecalled() : shown;
    }

    private Shown withCard(Shown shown, JsonNode content) {
        return shown.withCard(CardReading.of(cardOf(content)).drawn()).withText("", streams(content));
    }

    private Shown withMedia(Shown shown, JsonNode content, String type) {
        var key = firstKey(content, type);
        return media.find(key)
                .map(item -> shown.withMedia(
                        item.key(), content.path("file_name").asText(item.file().name())))
                .orElse(shown);
    }

    /** The card of a message, with what became of it since when it is an entity. */
    JsonNode cardOf(JsonNode content) {
        if (!content.path("type").asText().equals("card")) return content;
        return cards.view(content.path("data").path("card_id").asText())
                .<JsonNode>map(Cards.View::card)
                .orElse(content);
    }

    private boolean streams(JsonNode content) {
        if (!content.path("type").asText().equals("card")) return false;
        return cards.view(content.path("data").path("card_id").asText())
                .map(Cards.View::streaming)
                .orElse(false);
    }

    private JsonNode original(Posted message, JsonNode content) {
        var original = message.told(App.TENANT);
        original.set("content", content);
        if (!content.path("type").asText().equals("card")) return original;
        cards.view(content.path("data").path("card_id").asText())
                .ifPresent(view -> original.putObject("card")
                        .put("sequence", view.sequence())
                        .put("steps", view.steps())
                        .put("replaced", view.replaced())
                        .put("streaming", view.streaming())
                        .set("json", view.card()));
        return original;
    }

    private Shown.Aside aside(Posted message) {
        var marks = new ArrayList<String>();
        message.state().reactions().forEach(reaction -> marks.add(reaction.emoji() + " · " + name(reaction.by())));
        // A card that changed is not marked in the app.
        if (message.state().edits() > 0 && !message.type().equals("interactive")) marks.add("edited");
        if (message.state().read()) marks.add("read");
        if (!message.quote().thread().isEmpty())
            marks.add("thread " + message.quote().thread());
        var quoted = messages.find(message.quote().parent()).map(this::text).orElse("");
        return new Shown.Aside(quoted, marks);
    }

    private String name(Posted.Origin origin) {
        if (origin.bot()) return App.BOT_NAME;
        return people.user(origin.sender()).map(People.User::name).orElse(origin.sender());
    }

    String text(Posted message) {
        var content = Trees.content(message.content());
        var text = switch (message.type()) {
            case "text" -> plain(content.path("text").asText());
            case "post" -> post(content);
            case "image", "audio", "media", "sticker" -> "";
            case "file", "folder" -> content.path("file_name").asText();
            case "location" ->
                content.path("name").asText() + " (" + content.path("latitude").asText() + ", "
                        + content.path("longitude").asText() + ")";
            case "interactive" -> CardReading.of(cardOf(content)).drawn().text();
            default -> message.type() + " " + message.content();
        };
        for (var mention : message.mentions()) text = text.replace(mention.key(), "@" + mention.name());
        return text;
    }

    private static String plain(String text) {
        return AT.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement("@" + (found.group(2).isEmpty() ? found.group(1) : found.group(2))))
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static String post(JsonNode content) {
        var body = body(content);
        var lines = new ArrayList<String>();
        if (!body.path("title").asText().isEmpty()) lines.add(body.path("title").asText());
        for (var line : body.path("content")) {
            var text = new StringBuilder();
            for (var piece : line) text.append(piece(piece));
            lines.add(text.toString());
        }
        return String.join("\n", lines);
    }

    private static String piece(JsonNode piece) {
        return switch (piece.path("tag").asText()) {
            case "a" -> piece.path("text").asText() + " (" + piece.path("href").asText() + ")";
            case "at" ->
                "@" + piece.path("user_name").asText(piece.path("user_id").asText());
            case "img" -> "[image]";
            case "media" -> "[media]";
            case "hr" -> "———";
            case "emotion" -> "[" + piece.path("emoji_type").asText() + "]";
            default -> piece.path("text").asText();
        };
    }

    /** What is sent has a level for the language, what is received has none. */
    static JsonNode body(JsonNode content) {
        if (content.has("content")) return content;
        for (var locale : content) return locale;
        return Json.object();
    }

    /** Keys of all files in a message. */
    static List<String> keys(JsonNode content, String type) {
        var keys = new ArrayList<String>();
        if (type.equals("post")) {
            for (var line : body(content).path("content")) for (var piece : line) addKeys(piece, keys);
        } else {
            addKeys(content, keys);
        }
        return keys;
    }

    private static void addKeys(JsonNode node, List<String> keys) {
        for (var field : List.of("file_key", "image_key")) {
            if (node.has(field)) keys.add(node.path(field).asText());
        }
    }

    private static String firstKey(JsonNode content, String type) {
        var keys = keys(content, type);
        return keys.isEmpty() ? "" : keys.getFirst();
    }

    /** In the words of the page. */
    private static String kind(String type, JsonNode content) {
        if (type.equals("post")) return keys(content, type).isEmpty() ? "post" : "mixed";
        return switch (type) {
            case "audio" -> "voice";
            case "media" -> "video";
            case "interactive" -> "card";
            case "share_chat", "share_user" -> "text";
            default -> type;
        };
    }
}
