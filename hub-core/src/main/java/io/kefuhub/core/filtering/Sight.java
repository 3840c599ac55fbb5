package io.kefuhub.core.filtering;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Json;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Shows people what they may see: before who may not see personal data, filters cover it in all that goes to their
 * browser. What a filter holds, blocks or fails to judge is hidden. Safe for threads.
 */
public final class Sight {
    private static final String HIDDEN = "***";
    /** What the hub itself writes in these fields nobody has said. */
    private static final Set<String> PLAIN = Set.of(
            "id",
            "desk",
            "channel",
            "kind",
            "until",
            "stoppedBy",
            "type",
            "state",
            "mode",
            "language",
            "at",
            "lastAt",
            "firstAt",
            "waitingSince",
            "url",
            "fileId",
            "mime",
            "media",
            "cid",
            "answers",
            "messageId",
            "conversation",
            "lastAuthor",
            "next",
            "by");

    private final FilterChain filters;
    private final Function<UUID, String> desks;
    private final InstantSource clock;

    /** @param desks the key of a desk by its id */
    public Sight(FilterChain filters, Function<UUID, String> desks, InstantSource clock) {
        this.filters = filters;
        this.desks = desks;
        this.clock = clock;
    }

    /** Whether anything may be covered before somebody. */
    public boolean isCovered(Caller caller) {
        return !caller.seesPersonalData() && filters.asksSomebody(Stage.TO_AGENT);
    }

    /** What may be shown of an answer about a conversation; the answer itself where nothing is covered. */
    public Object shown(Caller caller, UUID conversation, UUID desk, Object answer) {
        if (!isCovered(caller)) return answer;
        var tree = Json.tree(Json.text(answer));
        var said = new ArrayList<String>();
        walk(tree, false, text -> {
            said.add(text);
            return text;
        });
        var now = texts(conversation, desk, said).iterator();
        return walk(tree, false, _ -> now.next());
    }

    /** What may be shown of some texts, each in its place. */
    public List<String> shown(Caller caller, UUID conversation, UUID desk, List<String> texts) {
        return isCovered(caller) ? texts(conversation, desk, texts) : texts;
    }

    private List<String> texts(UUID conversation, UUID desk, List<String> texts) {
        var parts = texts.stream()
                .filter(text -> !text.isBlank())
                .<Part>map(Part.Text::new)
                .toList();
        if (parts.isEmpty()) return texts;
        var facts = new Facts(desks.apply(desk), "", Language.EN, Map.of(), clock.instant(), List.of());
        return switch (filters.apply(new ConversationId(conversation), new Message(parts), facts, Stage.TO_AGENT)) {
            case Filtered.Through(var message, var _, var _) -> putBack(texts, message.parts());
            case Filtered.Held _, Filtered.Blocked _ -> hidden(texts);
        };
    }

    /** Where a filter made fewer or more of them, nobody knows which is which. */
    private static List<String> putBack(List<String> texts, List<Part> parts) {
        var now = parts.iterator();
        var shown = new ArrayList<String>(texts.size());
        for (var text : texts) {
            if (text.isBlank()) shown.add(text);
            else if (now.hasNext() && now.next() instanceof Part.Text(var covered)) shown.add(covered);
            else return hidden(texts);
        }
        return now.hasNext() ? hidden(texts) : shown;
    }

    private static List<String> hidden(List<String> texts) {
        return texts.stream().map(text -> text.isBlank() ? text : HIDDEN).toList();
    }

    /** Puts something else for each text that somebody said. */
    private static JsonNode walk(JsonNode node, boolean anyField, Function<String, String> put) {
        switch (node) {
            case ObjectNode object -> {
                for (var field : object.properties()) {
                    var value = field.getValue();
                    if (!value.isTextual()) {
                        walk(value, anyField || field.getKey().equals("attributes"), put);
                    } else if (anyField || !PLAIN.contains(field.getKey())) {
                        field.setValue(TextNode.valueOf(put.apply(value.textValue())));
                    }
                }
            }
            case ArrayNode array -> {
                for (var at = 0; at < array.size(); at++) {
                    if (array.get(at).isTextual())
                        array.set(at, put.apply(array.get(at).textValue()));
                    else walk(array.get(at), anyField, put);
                }
            }
            default -> {}
        }
        return node;
    }
}
