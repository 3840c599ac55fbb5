package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Json;
import java.time.Clock;
import java.util.Optional;

/** What the platform tells an app unasked, in the envelope of version 2. */
final class Events {
    private final App app;
    private final Ids ids;
    private final Clock clock;

    Events(App app, Ids ids, Clock clock) {
        this.app = app;
        this.ids = ids;
        this.clock = clock;
    }

    ObjectNode received(Posted message, People.Chat chat, People.User sender) {
        var event = Json.object();
        var from = event.putObject("sender");
        from.set("sender_id", id(sender));
        from.put("sender_type", "user").put("tenant_key", App.TENANT);
        var body = event.putObject("message").put("message_id", message.id());
        if (!message.quote().root().isEmpty()) {
            body.put("root_id", message.quote().root())
                    .put("parent_id", message.quote().parent());
        }
        if (!message.quote().thread().isEmpty())
            body.put("thread_id", message.quote().thread());
        body.put("create_time", Posted.millis(message.created()))
                .put("update_time", Posted.millis(message.state().updated()))
                .put("chat_id", chat.id())
                .put("chat_type", chat.type())
                .put("message_type", message.type())
                .put("content", message.content());
        if (!message.mentions().isEmpty()) {
            var mentions = body.putArray("mentions");
            for (var mention : message.mentions()) {
                var told = mentions.addObject().put("key", mention.key());
                told.putObject("id")
                        .put("open_id", mention.openId())
                        .put("union_id", "")
                        .put("user_id", "");
                told.put("name", mention.name()).put("tenant_key", App.TENANT);
            }
        }
        return envelope("im.message.receive_v1", event);
    }

    ObjectNode recalled(Posted message) {
        var event = Json.object()
                .put("message_id", message.id())
                .put("chat_id", message.chat())
                .put("recall_time", Posted.millis(clock.instant()))
                .put("recall_type", "message_owner");
        return envelope("im.message.recalled_v1", event);
    }

    ObjectNode read(Posted message, People.User reader) {
        var event = Json.object();
        var by = event.putObject("reader");
        by.set("reader_id", id(reader));
        by.put("read_time", Posted.millis(clock.instant())).put("tenant_key", App.TENANT);
        event.putArray("message_id_list").add(message.id());
        return envelope("im.message.message_read_v1", event);
    }

    ObjectNode entered(People.Chat chat, People.User who, Optional<Posted> last) {
        var event = Json.object().put("chat_id", chat.id());
        event.set("operator_id", id(who));
        last.ifPresent(message -> event.put("last_message_id", message.id())
                .put("last_message_create_time", Posted.millis(message.created())));
        return envelope("im.chat.access_event.bot_p2p_chat_entered_v1", event);
    }

    ObjectNode botInside(People.Chat chat, People.User who, boolean inside) {
        var event = Json.object().put("chat_id", chat.id());
        event.set("operator_id", id(who));
        event.put("external", false).put("operator_tenant_key", App.TENANT).put("name", chat.name());
        return envelope(inside ? "im.chat.member.bot.added_v1" : "im.chat.member.bot.deleted_v1", event);
    }

    ObjectNode reaction(Posted message, Posted.Reaction reaction, People.User who, boolean there) {
        var event = Json.object().put("message_id", message.id());
        event.putObject("reaction_type").put("emoji_type", reaction.emoji());
        event.put("operator_type", "user");
        event.set("user_id", id(who));
        event.put("action_time", Posted.millis(reaction.at()));
        return envelope(there ? "im.message.reaction.created_v1" : "im.message.reaction.deleted_v1", event);
    }

    ObjectNode pressed(Posted card, People.User who, JsonNode action) {
        var event = Json.object();
        event.putObject("operator")
                .put("tenant_key", App.TENANT)
                .put("user_id", who.userId())
                .put("open_id", who.openId())
                .put("union_id", who.unionId());
        event.put("token", "c-" + ids.hex(40));
        event.set("action", action);
        event.put("host", "im_message");
        event.putObject("context").put("open_message_id", card.id()).put("open_chat_id", card.chat());
        return envelope("card.action.trigger", event);
    }

    ObjectNode envelope(String type, ObjectNode event) {
        var whole = Json.object().put("schema", "2.0");
        whole.putObject("header")
                .put("event_id", ids.hex(32))
                .put("event_type", type)
                .put("create_time", Posted.millis(clock.instant()))
                .put("token", app.verificationToken())
                .put("app_id", app.id())
                .put("tenant_key", App.TENANT);
        whole.set("event", event);
        return whole;
    }

    /** The same event as a second one, which is what happens when an app changes the way its events travel. */
    ObjectNode underNewId(ObjectNode envelope) {
        var copy = envelope.deepCopy();
        copy.withObject("/header").put("event_id", ids.hex(32));
        return copy;
    }

    static String type(ObjectNode envelope) {
        return envelope.path("header").path("event_type").asText();
    }

    private static ObjectNode id(People.User user) {
        return Json.object()
                .put("union_id", user.unionId())
                .put("user_id", user.userId())
                .put("open_id", user.openId());
    }
}
