package io.kefuhub.core.plugin.wasm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.core.web.Json;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;

/** Words a question to a model as a module reads it. */
final class ModelQuestion {
    /** What stands for a picture that the model is not shown. */
    private static final String UNSEEN = "[picture]";

    private static final String SCHEMA = "json_schema";

    private ModelQuestion() {}

    /** @param shown the ids of the pictures that the module may put into its call */
    static ObjectNode of(AiRequest request, Set<String> shown) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("model", request.model()).put("system", request.system());
        var messages = node.putArray("messages");
        for (var turn : request.messages()) add(turn, shown, messages.addObject());
        node.put("maxTokens", request.maxTokens()).put("temperature", request.temperature());
        node.put("stream", request.stream());
        var options = node.putObject("options");
        request.options().forEach((name, json) -> {
            if (name.equals(SCHEMA)) node.set("schema", Json.tree(json));
            else options.set(name, Json.tree(json));
        });
        return node;
    }

    private static void add(AiRequest.Turn turn, Set<String> shown, ObjectNode to) {
        var lines = new ArrayList<String>();
        to.put("role", turn.role().name().toLowerCase(Locale.ROOT));
        var pictures = JsonNodeFactory.instance.arrayNode();
        for (var file : turn.pictures()) {
            if (shown.contains(file.id())) {
                pictures.addObject().put("id", file.id()).put("mime", file.mime());
            } else {
                lines.add(UNSEEN);
            }
        }
        if (!turn.text().isBlank() || lines.isEmpty()) lines.add(turn.text());
        to.put("text", String.join("\n", lines));
        if (!pictures.isEmpty()) to.set("pictures", pictures);
    }
}
