package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.BadInputException;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Saying;
import io.kefuhub.simulators.Shelf;
import io.kefuhub.simulators.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What customers say, as messages of their chats and as events for the hub. */
final class Talk {
    static final List<String> KINDS = List.of(
            "text",
            "post",
            "mixed",
            "link",
            "image",
            "audio",
            "media",
            "file",
            "sticker",
            "location",
            "share_user",
            "merge_forward",
            "raw");

    private static final int VOICE_MILLIS = 2000;
    private static final String BOT_KEY = "@_user_1";

    private final AppSide side;

    Talk(AppSide side) {
        this.side = side;
    }

    private record Said(String type, ObjectNode content, List<String> children) {
        Said(String type, ObjectNode content) {
            this(type, content, List.of());
        }
    }

    List<String> say(List<Saying> sayings, Saying.Manner manner) {
        var posted = sayings.stream().map(this::post).toList();
        for (var message : manner.arrange(posted))
            tell(message, message.origin().sender());
        return posted.stream().map(Posted::id).toList();
    }

    private Posted post(Saying saying) {
        var who = side.customer(saying.customer());
        var chat = chat(saying.group(), who);
        var mentions = mentions(saying, chat);
        var said = said(saying, !mentions.isEmpty());
        var message = side.messages.post(new Messages.Draft(
                chat.id(),
                new Posted.Origin(false, who.openId()),
                quote(saying.more()),
                said.type(),
                said.content().toString(),
                mentions,
                said.children()));
        return side.show(message);
    }

    private People.Chat chat(String group, People.User who) {
        return group.isEmpty() ? side.people.privateChat(who) : side.people.group(group, who);
    }

    /** Why the app is not told of a message. */
    private static Optional<Words> silence(Posted message, People.Chat chat, App app) {
        if (!app.activated()) {
            return Optional.of(new Words("no event for %s: the bot is switched off", "%s 没有事件：机器人已停用"));
        }
        if (!chat.bot()) {
            return Optional.of(new Words("no event for %s: the bot is not in the group", "%s 没有事件：机器人不在群中"));
        }
        if (!app.may("im:message") && !app.may("im:message.p2p_msg:readonly")) {
            return Optional.of(new Words("no event for %s: no scope to read messages", "%s 没有事件：缺少读取消息的权限"));
        }
        if (chat.group() && message.mentions().isEmpty() && !app.may("im:message.group_msg")) {
            return Optional.of(new Words(
                    "no event for %s: it does not mention the bot and im:message.group_msg is missing",
                    "%s 没有事件：没有 @ 机器人，且缺少 im:message.group_msg 权限"));
        }
        return Optional.empty();
    }

    /** Sends what was said on its way, unless the app may not hear it. */
    void tell(Posted message, String openId) {
        var chat = side.chat(message);
        var app = side.app();
        var why = silence(message, chat, app);
        if (why.isPresent()) {
            side.scene.journal.note(side.surface, why.get(), message.id());
            return;
        }
        var event = side.events().received(message, chat, side.customer(openId));
        side.road.carry(chat.id(), event);
        if (side.scene.faults.strikes(Feishu.SECOND_EVENT, Events.type(event))) {
            side.road.carry(chat.id(), side.events().underNewId(event));
        }
    }

    private List<Posted.Mention> mentions(Saying saying, People.Chat chat) {
        var meant = saying.more().path("mention").asBoolean() || saying.text().contains("@" + App.BOT_NAME);
        if (!chat.group() || !meant) return List.of();
        return List.of(new Posted.Mention(BOT_KEY, side.botOpenId(), App.BOT_NAME));
    }

    private Posted.Quote quote(JsonNode more) {
        var parentId = more.path("quote").asText("");
        var thread = more.path("thread").asText("");
        if (parentId.isEmpty()) return new Posted.Quote("", "", thread);
        var parent = side.named(parentId);
        var root =
                parent.quote().root().isEmpty() ? parent.id() : parent.quote().root();
        return new Posted.Quote(
                root, parent.id(), thread.isEmpty() ? parent.quote().thread() : thread);
    }

    private Said said(Saying saying, boolean mentionsBot) {
        var text = mentionsBot ? withKey(saying.text()) : saying.text();
        var more = saying.more();
        return switch (saying.kind()) {
            case "text" -> new Said("text", Json.object().put("text", text.replace("@所有人", "@_all")));
            case "post" -> new Said("post", post(more.path("title").asText(""), text));
            case "link" -> link(text, more.path("url").asText("https://www.example.com/order?id=7"));
            case "mixed" -> mixed(text, media(saying, Media.IMAGE));
            case "image" ->
                new Said(
                        "image",
                        Json.object()
                                .put("image_key", media(saying, Media.IMAGE).key()));
            case "audio" -> {
                var voice = Json.object().put("file_key", media(saying, "opus").key());
                yield new Said(
                        "audio", voice.put("duration", more.path("duration").asInt(VOICE_MILLIS)));
            }
            case "media" -> video(media(saying, "mp4"), more);
            case "file" -> {
                var file = media(saying, "stream");
                yield new Said(
                        "file",
                        Json.object()
                                .put("file_key", file.key())
                                .put("file_name", file.file().name()));
            }
            case "sticker" -> {
                var picture = side.media.fromCustomer("sticker", made("sticker.png"));
                yield new Said("sticker", Json.object().put("file_key", picture.key()));
            }
            case "location" -> location(text, more);
            case "share_user" ->
                new Said(
                        "share_user",
                        Json.object().put("user_id", more.path("user").asText(saying.customer())));
            case "merge_forward" -> forwarded(saying);
            case "raw" -> raw(saying);
            default -> throw new BadInputException("kind must be one of " + String.join(", ", KINDS));
        };
    }

    private static String withKey(String text) {
        var name = "@" + App.BOT_NAME;
        return text.contains(name) ? text.replace(name, BOT_KEY) : BOT_KEY + " " + text;
    }

    private Media.Item media(Saying saying, String kind) {
        var file = saying.media().orElseThrow(() -> new BadInputException(saying.kind() + " needs a file"));
        return side.media.fromCustomer(kind, file);
    }

    private Shelf.Item made(String name) {
        return side.scene.shelf.make("made-" + UUID.randomUUID(), name, "application/octet-stream", 1024);
    }

    private static ObjectNode post(String title, String text) {
        var post = Json.object().put("title", title);
        var lines = post.putArray("content");
        text.lines()
                .forEach(line -> lines.addArray().addObject().put("tag", "text").put("text", line));
        return post;
    }

    private static Said link(String text, String url) {
        var post = Json.object().put("title", "");
        post.putArray("content")
                .addArray()
                .addObject()
                .put("tag", "a")
                .put("text", text.isEmpty() ? url : text)
                .put("href", url);
        return new Said("post", post);
    }

    private static Said mixed(String text, Media.Item picture) {
        var post = post("", text);
        post.withArray("/content").addArray().addObject().put("tag", "img").put("image_key", picture.key());
        return new Said("post", post);
    }

    private Said video(Media.Item film, JsonNode more) {
        var cover = side.media.fromCustomer(Media.IMAGE, made("cover.png"));
        return new Said(
                "media",
                Json.object()
                        .put("file_key", film.key())
                        .put("image_key", cover.key())
                        .put("file_name", film.file().name())
                        .put("duration", more.path("duration").asInt(VOICE_MILLIS)));
    }

    private static Said location(String text, JsonNode more) {
        return new Said(
                "location",
                Json.object()
                        .put("name", text.isEmpty() ? "深圳湾公园" : text)
                        .put("longitude", more.path("longitude").asText("113.946927"))
                        .put("latitude", more.path("latitude").asText("22.527439")));
    }

    /** Each line was a message of its own. */
    private Said forwarded(Saying saying) {
        var children = new ArrayList<String>();
        saying.text()
                .lines()
                .forEach(line -> children.add(side.messages
                        .post(new Messages.Draft(
                                "",
                                new Posted.Origin(false, saying.customer()),
                                Posted.Quote.NONE,
                                "text",
                                Json.object().put("text", line).toString(),
                                List.of(),
                                List.of()))
                        .id()));
        return new Said("merge_forward", Json.object().put("content", "Merged and Forwarded Message"), children);
    }

    /** Told apart, or written as one line such as {@code hongbao {"text": "恭喜发财"}}. */
    private static Said raw(Saying saying) {
        var more = saying.more();
        if (more.path("type").isTextual() && more.path("content") instanceof ObjectNode content) {
            return new Said(more.path("type").asText(), content);
        }
        var words = saying.text().strip().split("\\s+", 2);
        if (words.length == 2) {
            var content = Trees.object(words[1]);
            if (content.isPresent()) return new Said(words[0], content.get());
        }
        throw new BadInputException("raw needs a type and a content, such as: hongbao {\"text\": \"恭喜发财\"}");
    }
}
