package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Json;
import java.time.Instant;
import java.util.List;

/**
 * A message in a chat, whoever wrote it.
 *
 * @param sender open id of a person, app id of the bot
 * @param content what the platform calls content: JSON as text
 * @param root the message a chain of quotes began with; empty when nothing is quoted
 * @param children ids of the messages a merged forward holds
 */
record Posted(
        String id,
        String chat,
        Origin origin,
        Quote quote,
        String type,
        String content,
        List<Mention> mentions,
        List<String> children,
        Instant created,
        State state) {
    record Origin(boolean bot, String sender) {}

    record Quote(String root, String parent, String thread) {
        static final Quote NONE = new Quote("", "", "");
    }

    record Mention(String key, String openId, String name) {}

    record Reaction(String id, String emoji, Origin by, Instant at) {}

    record State(Instant updated, int edits, boolean withdrawn, boolean read, List<Reaction> reactions) {
        State {
            reactions = List.copyOf(reactions);
        }
    }

    Posted {
        mentions = List.copyOf(mentions);
        children = List.copyOf(children);
    }

    Posted edited(String newContent, Instant now) {
        var next = new State(now, state.edits() + 1, state.withdrawn(), state.read(), state.reactions());
        return new Posted(id, chat, origin, quote, type, newContent, mentions, children, created, next);
    }

    Posted withdrawn(Instant now) {
        return with(new State(now, state.edits(), true, state.read(), state.reactions()));
    }

    Posted read() {
        return with(new State(state.updated(), state.edits(), state.withdrawn(), true, state.reactions()));
    }

    Posted reactions(List<Reaction> reactions) {
        return with(new State(state.updated(), state.edits(), state.withdrawn(), state.read(), reactions));
    }

    private Posted with(State next) {
        return new Posted(id, chat, origin, quote, type, content, mentions, children, created, next);
    }

    /** As the interface for bots tells it. */
    ObjectNode told(String tenant) {
        var node = Json.object().put("message_id", id);
        if (!quote.root().isEmpty()) node.put("root_id", quote.root()).put("parent_id", quote.parent());
        if (!quote.thread().isEmpty()) node.put("thread_id", quote.thread());
        node.put("msg_type", type)
                .put("create_time", millis(created))
                .put("update_time", millis(state.updated()))
                .put("deleted", state.withdrawn())
                .put("updated", state.edits() > 0)
                .put("chat_id", chat);
        node.putObject("sender")
                .put("id", origin.sender())
                .put("id_type", origin.bot() ? "app_id" : "open_id")
                .put("sender_type", origin.bot() ? "app" : "user")
                .put("tenant_key", tenant);
        node.putObject("body").put("content", state.withdrawn() ? "This message was recalled" : content);
        if (!mentions.isEmpty()) node.set("mentions", toldMentions(tenant));
        return node;
    }

    private ArrayNode toldMentions(String tenant) {
        var all = Json.array();
        for (var mention : mentions) {
            all.addObject()
                    .put("key", mention.key())
                    .put("id", mention.openId())
                    .put("id_type", "open_id")
                    .put("name", mention.name())
                    .put("tenant_key", tenant);
        }
        return all;
    }

    static String millis(Instant at) {
        return Long.toString(at.toEpochMilli());
    }
}
