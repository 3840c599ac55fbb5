package io.kefuhub.core.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kefuhub.api.ai.AiRequest.Role;
import io.kefuhub.core.web.ProgramError;
import io.kefuhub.core.web.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a call: what system and developer say goes before the rest. One call, one thread. */
final class MessagesReader {
    private static final int MOST = 2_000;
    private static final Set<String> TOOLS = Set.of("tool", "function");

    private final JsonParser json;
    private final List<String> system = new ArrayList<>();
    private final List<ChatCall.Said> turns = new ArrayList<>();
    private boolean read;

    MessagesReader(JsonParser json) {
        this.json = json;
    }

    /** All of it. */
    record AllSaid(String system, List<ChatCall.Said> turns) {}

    /** One message while it is read. */
    private static final class Draft {
        private final String place;
        private @Nullable String role;
        private final StringBuilder text = new StringBuilder();
        private final List<String> pictures = new ArrayList<>();

        Draft(String place) {
            this.place = place;
        }
    }

    void read() throws IOException {
        Fields.list(json, "messages");
        read = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (turns.size() + system.size() == MOST) {
                throw Wrong.value("messages", "at most " + MOST + ".", "最多 " + MOST + " 条。");
            }
            keep(message("messages[" + (turns.size() + system.size()) + "]"));
        }
    }

    AllSaid said() {
        if (!read) throw Wrong.missing("messages");
        var first = String.join("\n\n", system);
        if (turns.isEmpty()) {
            if (first.isBlank()) throw Wrong.value("messages", "at least one that says something.", "至少要有一条有内容的消息。");
            // Instructions alone are a question too.
            return new AllSaid("", List.of(new ChatCall.Said(Role.USER, first, List.of())));
        }
        if (turns.getLast().role() != Role.USER) {
            throw Wrong.value("messages", "the last one must be the user's.", "最后一条必须是 user 的消息。");
        }
        return new AllSaid(first, turns);
    }

    private void keep(Draft draft) {
        if (draft.role == null) throw Wrong.missing(draft.place + ".role");
        var text = draft.text.toString();
        switch (draft.role) {
            case "system", "developer" -> {
                if (!draft.pictures.isEmpty()) throw noPictures(draft);
                system.add(text);
            }
            case "user" -> {
                if (text.isBlank() && draft.pictures.isEmpty()) {
                    throw Wrong.value(draft.place + ".content", "it says nothing.", "内容为空。");
                }
                turns.add(new ChatCall.Said(Role.USER, text, draft.pictures));
            }
            case "assistant" -> {
                if (!draft.pictures.isEmpty()) throw noPictures(draft);
                turns.add(new ChatCall.Said(Role.ASSISTANT, text, List.of()));
            }
            default -> {
                if (TOOLS.contains(draft.role)) throw Wrong.unsupported(draft.place + ".role");
                throw Wrong.value(
                        draft.place + ".role",
                        "system, developer, user or assistant.",
                        "应为 system、developer、user 或 assistant。");
            }
        }
    }

    private static ProgramError noPictures(Draft draft) {
        return Wrong.value(draft.place + ".content", "only a user may show pictures.", "只有 user 的消息可以包含图片。");
    }

    private Draft message(String place) throws IOException {
        Fields.object(json, place);
        var draft = new Draft(place);
        for (var field = Fields.next(json); field.isPresent(); field = Fields.next(json)) {
            switch (field.get()) {
                case "role" -> draft.role = Fields.text(json, place + ".role");
                case "content" -> content(draft);
                case "name" -> json.skipChildren();
                case "refusal", "annotations", "audio", "function_call", "tool_calls", "tool_call_id" ->
                    nothing(place + "." + field.get());
                // Of models that reason; other services send it back to nobody.
                case "reasoning_content", "reasoning" -> json.skipChildren();
                default -> throw Wrong.unknown(place + "." + field.get());
            }
        }
        return draft;
    }

    /** What the hub's own answers carry empty may come back empty. */
    private void nothing(String field) throws IOException {
        if (Fields.isNull(json)) return;
        if (json.currentToken() == JsonToken.START_ARRAY && json.nextToken() == JsonToken.END_ARRAY) return;
        throw Wrong.unsupported(field);
    }

    private void content(Draft draft) throws IOException {
        var place = draft.place + ".content";
        switch (json.currentToken()) {
            case VALUE_NULL -> {}
            case VALUE_STRING -> draft.text.append(json.getText());
            case START_ARRAY -> {
                for (var at = 0; json.nextToken() != JsonToken.END_ARRAY; at++) part(draft, place + "[" + at + "]");
            }
            default -> throw Wrong.type(place, new Words("a string or an array of parts", "字符串或内容数组"));
        }
    }

    private void part(Draft draft, String place) throws IOException {
        Fields.object(json, place);
        String type = null;
        String text = null;
        String picture = null;
        for (var field = Fields.next(json); field.isPresent(); field = Fields.next(json)) {
            switch (field.get()) {
                case "type" -> type = Fields.text(json, place + ".type");
                case "text" -> text = Fields.text(json, place + ".text");
                case "image_url" -> picture = picture(place + ".image_url");
                default -> json.skipChildren();
            }
        }
        if (type == null) throw Wrong.missing(place + ".type");
        switch (type) {
            case "text" -> {
                if (text == null) throw Wrong.missing(place + ".text");
                if (!draft.text.isEmpty()) draft.text.append('\n');
                draft.text.append(text);
            }
            case "image_url" -> {
                if (picture == null) throw Wrong.missing(place + ".image_url");
                draft.pictures.add(picture);
            }
            default ->
                throw Wrong.value(
                        place + ".type", "text or image_url; nothing else is taken.", "仅支持 text 或 image_url。");
        }
    }

    private @Nullable String picture(String place) throws IOException {
        Fields.object(json, place);
        String address = null;
        for (var field = Fields.next(json); field.isPresent(); field = Fields.next(json)) {
            switch (field.get()) {
                case "url" -> address = Fields.text(json, place + ".url");
                case "detail" -> json.skipChildren();
                default -> throw Wrong.unknown(place + "." + field.get());
            }
        }
        return address;
    }
}
