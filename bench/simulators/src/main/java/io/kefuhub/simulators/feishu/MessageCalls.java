package io.kefuhub.simulators.feishu;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.Json;
import java.util.List;

/** Calls about messages: send, answer, change, take back, look at, and reactions under them. */
final class MessageCalls {
    private static final String ALL = "/im/v1/messages";
    private static final String ONE = ALL + "/{message_id}";
    private static final String REACTIONS = ONE + "/reactions";
    private static final int LONGEST_UUID = 50;
    private static final int LARGEST_PAGE = 50;

    private MessageCalls() {}

    static void addTo(Api api) {
        api.on("POST", ALL, MessageCalls::send);
        api.on("POST", ONE + "/reply", MessageCalls::reply);
        api.on("PUT", ONE, MessageCalls::edit);
        api.on("PATCH", ONE, MessageCalls::patch);
        api.on("DELETE", ONE, MessageCalls::recall);
        api.on("GET", ONE, MessageCalls::get);
        api.on("GET", ALL, MessageCalls::history);
        api.on("GET", ONE + "/read_users", MessageCalls::readers);
        api.on("POST", REACTIONS, MessageCalls::react);
        api.on("GET", REACTIONS, MessageCalls::reactions);
        api.on("DELETE", REACTIONS + "/{reaction_id}", MessageCalls::unreact);
        api.on("POST", "/interactive/v1/card/update", MessageCalls::later);
    }

    private static ObjectNode send(AppSide side, Call call) {
        side.app().demand("im:message", "im:message:send_as_bot");
        var body = Api.body(call);
        var chat = receiver(side, call.query("receive_id_type"), Api.text(body, "receive_id"));
        return post(side, call, body, chat, Posted.Quote.NONE);
    }

    private static ObjectNode reply(AppSide side, Call call) {
        side.app().demand("im:message", "im:message:send_as_bot");
        var body = Api.body(call);
        var target = side.messages.present(call.parameter("message_id"));
        var chat = side.people.chat(target.chat()).orElseThrow(Code.MESSAGE_GONE::refusal);
        var root =
                target.quote().root().isEmpty() ? target.id() : target.quote().root();
        var thread = target.quote().thread();
        if (thread.isEmpty() && body.path("reply_in_thread").asBoolean()) thread = side.messages.newThread();
        return post(side, call, body, chat, new Posted.Quote(root, target.id(), thread));
    }

    private static ObjectNode post(AppSide side, Call call, ObjectNode body, People.Chat chat, Posted.Quote quote) {
        if (!side.app().activated()) throw Code.BOT_OFF.refusal();
        if (!chat.bot()) throw Code.BOT_OUTSIDE.refusal();
        if (!chat.group() && side.people.outOfRange(chat.members().getFirst())) throw Code.USER_OUT_OF_RANGE.refusal();
        var uuid = body.path("uuid").asText("");
        if (uuid.length() > LONGEST_UUID) throw Code.FIELD_WRONG.refusal("uuid has more than 50 characters");
        side.limits.send(chat.id());
        var type = Api.text(body, "msg_type");
        var content = Api.text(body, "content");
        synchronized (side.messages) {
            var before = side.messages.sentAs(uuid);
            if (before.isPresent()) return before.get().told(App.TENANT);
            side.outgoing.check(type, content, call.body().getBytes(UTF_8).length);
            var card = cardId(type, content);
            if (!card.isEmpty()) side.cards.send(card);
            var message = side.messages.postOnce(
                    uuid, new Messages.Draft(chat.id(), side.bot(), quote, type, content, List.of(), List.of()));
            return side.show(message).told(App.TENANT);
        }
    }

    private static String cardId(String type, String content) {
        if (!type.equals("interactive")) return "";
        var node = Trees.content(content);
        return node.path("type").asText().equals("card")
                ? node.path("data").path("card_id").asText()
                : "";
    }

    private static People.Chat receiver(AppSide side, String type, String id) {
        if (type.equals("chat_id")) return side.people.chat(id).orElseThrow(Code.BOT_OUTSIDE::refusal);
        if (type.isEmpty()) throw Code.FIELD_WRONG.refusal("receive_id_type is required");
        return side.people.privateChat(side.people.find(type, id));
    }

    private static ObjectNode edit(AppSide side, Call call) {
        side.app().demand("im:message", "im:message:update");
        side.limits.call("edit");
        var body = Api.body(call);
        var type = Api.text(body, "msg_type");
        var content = Api.text(body, "content");
        side.outgoing.check(type, content, call.body().getBytes(UTF_8).length);
        return side.show(side.messages.edit(call.parameter("message_id"), type, content))
                .told(App.TENANT);
    }

    private static ObjectNode patch(AppSide side, Call call) {
        side.app().demand("im:message", "im:message:send_as_bot");
        var id = call.parameter("message_id");
        side.limits.patch(id);
        var content = Api.text(Api.body(call), "content");
        side.outgoing.check("interactive", content, call.body().getBytes(UTF_8).length);
        side.show(side.messages.patch(id, content));
        return Json.object();
    }

    private static ObjectNode recall(AppSide side, Call call) {
        side.app().demand("im:message", "im:message:recall", "im:message:send_as_bot");
        side.limits.call("recall");
        side.show(side.messages.recall(call.parameter("message_id")));
        return Json.object();
    }

    /** A merged forward is answered with what it holds behind it. */
    private static ObjectNode get(AppSide side, Call call) {
        side.app().demand("im:message", "im:message:readonly");
        side.limits.call("get");
        var message = side.messages.find(call.parameter("message_id")).orElseThrow(Code.MESSAGE_GONE::refusal);
        var data = Json.object();
        var items = data.putArray("items").add(message.told(App.TENANT));
        for (var child : message.children()) {
            side.messages
                    .find(child)
                    .ifPresent(one -> items.add(one.told(App.TENANT).put("upper_message_id", message.id())));
        }
        return data;
    }

    private static ObjectNode history(AppSide side, Call call) {
        side.app().demand("im:message", "im:message:readonly");
        side.limits.call("history");
        if (!call.query("container_id_type").equals("chat")) throw Code.FIELD_WRONG.refusal("container_id_type");
        var chat = side.people.chat(call.query("container_id")).orElseThrow(Code.BOT_OUTSIDE::refusal);
        if (!chat.bot()) throw Code.BOT_OUTSIDE.refusal();
        var from = number(call.query("start_time"), 0);
        var until = number(call.query("end_time"), Long.MAX_VALUE);
        var all = side.history(chat.id()).stream()
                .filter(message -> message.created().getEpochSecond() >= from)
                .filter(message -> message.created().getEpochSecond() <= until)
                .toList();
        if (call.query("sort_type").equals("ByCreateTimeDesc")) all = all.reversed();
        var size = (int) Math.min(number(call.query("page_size"), 20), Integer.MAX_VALUE);
        if (size < 1 || size > LARGEST_PAGE) throw Code.FIELD_WRONG.refusal("page_size");
        var first = (int) Math.min(number(call.query("page_token"), 0), all.size());
        var last = Math.min(all.size(), first + size);
        var data = Json.object().put("has_more", last < all.size());
        data.put("page_token", last < all.size() ? Integer.toString(last) : "");
        var items = data.putArray("items");
        all.subList(first, last).forEach(message -> items.add(message.told(App.TENANT)));
        return data;
    }

    private static long number(String text, long usual) {
        if (text.isEmpty()) return usual;
        if (!text.matches("\\d{1,9}|\\d{10}")) throw Code.FIELD_WRONG.refusal(text + " is no number");
        return Long.parseLong(text);
    }

    private static ObjectNode readers(AppSide side, Call call) {
        side.limits.call("readers");
        var message = side.messages.find(call.parameter("message_id")).orElseThrow(Code.MESSAGE_GONE::refusal);
        if (!message.origin().bot()) throw Code.NOT_THE_SENDER.refusal();
        var data = Json.object().put("has_more", false).put("page_token", "");
        var items = data.putArray("items");
        if (message.state().read()) {
            for (var reader : side.chat(message).members()) {
                items.addObject()
                        .put("user_id_type", "open_id")
                        .put("user_id", reader)
                        .put("timestamp", Posted.millis(message.state().updated()))
                        .put("tenant_key", App.TENANT);
            }
        }
        return data;
    }

    private static ObjectNode react(AppSide side, Call call) {
        side.app().demand("im:message", "im:message.reactions:write_only");
        side.limits.call("react");
        var emoji = Api.text(Api.body(call).path("reaction_type"), "emoji_type");
        var id = call.parameter("message_id");
        var reaction = side.messages.react(id, emoji, side.bot());
        side.show(side.named(id));
        return told(reaction);
    }

    private static ObjectNode unreact(AppSide side, Call call) {
        side.app().demand("im:message", "im:message.reactions:write_only");
        side.limits.call("react");
        var id = call.parameter("message_id");
        var reaction = side.messages.unreact(id, call.parameter("reaction_id"), side.bot());
        side.show(side.named(id));
        return told(reaction);
    }

    private static ObjectNode reactions(AppSide side, Call call) {
        side.limits.call("reactions");
        var message = side.messages.present(call.parameter("message_id"));
        var data = Json.object().put("has_more", false).put("page_token", "");
        var items = data.putArray("items");
        message.state().reactions().forEach(reaction -> items.add(told(reaction)));
        return data;
    }

    private static ObjectNode told(Posted.Reaction reaction) {
        var told = Json.object().put("reaction_id", reaction.id());
        told.putObject("operator")
                .put("operator_id", reaction.by().sender())
                .put("operator_type", reaction.by().bot() ? "app" : "user");
        told.put("action_time", Posted.millis(reaction.at()));
        told.putObject("reaction_type").put("emoji_type", reaction.emoji());
        return told;
    }

    private static ObjectNode later(AppSide side, Call call) {
        side.limits.call("later");
        var body = Api.body(call);
        JsonNode card = body.path("card");
        if (!card.isObject()) throw Code.FIELD_WRONG.refusal("card is required");
        Outgoing.card((ObjectNode) card);
        side.presses.later(Api.text(body, "token"), card);
        return Json.object();
    }
}
