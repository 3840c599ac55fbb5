package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.Json;

/** Calls about people and chats. */
final class PeopleCalls {
    private PeopleCalls() {}

    static void addTo(Api api) {
        api.on("GET", "/contact/v3/users/batch", PeopleCalls::several);
        api.on("GET", "/contact/v3/users/{user_id}", PeopleCalls::one);
        api.on("GET", "/im/v1/chats/{chat_id}", PeopleCalls::chat);
        api.on("GET", "/im/v1/chats", PeopleCalls::chats);
    }

    private static ObjectNode one(AppSide side, Call call) {
        side.app().demand("contact:user.base:readonly", "contact:contact:readonly");
        side.limits.call("users");
        var data = Json.object();
        data.set("user", told(side, side.people.find(idType(call), call.parameter("user_id"))));
        return data;
    }

    private static ObjectNode several(AppSide side, Call call) {
        side.app().demand("contact:user.base:readonly", "contact:contact:readonly");
        side.limits.call("users");
        var data = Json.object();
        data.putArray("items").add(told(side, side.people.find(idType(call), call.query("user_ids"))));
        return data;
    }

    private static String idType(Call call) {
        var type = call.query("user_id_type");
        return type.isEmpty() ? "open_id" : type;
    }

    /** Without the scope for it a field is not there at all. */
    private static ObjectNode told(AppSide side, People.User user) {
        if (side.people.outOfRange(user.openId())) throw Code.USER_UNKNOWN.refusal("no authority over this user");
        var told = Json.object()
                .put("union_id", user.unionId())
                .put("user_id", user.userId())
                .put("open_id", user.openId())
                .put("name", user.name())
                .put("en_name", "");
        if (side.app().may("contact:user.email:readonly")) told.put("email", user.email());
        told.putObject("avatar").put("avatar_72", "").put("avatar_240", "");
        return told;
    }

    private static ObjectNode chat(AppSide side, Call call) {
        side.app().demand("im:chat:readonly", "im:chat");
        side.limits.call("chats");
        return told(side.people.chat(call.parameter("chat_id")).orElseThrow(Code.BOT_OUTSIDE::refusal));
    }

    private static ObjectNode chats(AppSide side, Call call) {
        side.app().demand("im:chat:readonly", "im:chat");
        side.limits.call("chats");
        var data = Json.object().put("has_more", false).put("page_token", call.query("page_token"));
        var items = data.putArray("items");
        for (var chat : side.people.chats()) if (chat.group() && chat.bot()) items.add(told(chat));
        return data;
    }

    private static ObjectNode told(People.Chat chat) {
        return Json.object()
                .put("chat_id", chat.id())
                .put("name", chat.group() ? chat.name() : "")
                .put("chat_mode", chat.type())
                .put("chat_type", "private")
                .put("user_count", Integer.toString(chat.members().size()))
                .put("bot_count", chat.bot() ? "1" : "0")
                .put("tenant_key", App.TENANT);
    }
}
