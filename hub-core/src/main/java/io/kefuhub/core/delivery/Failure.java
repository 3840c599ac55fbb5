package io.kefuhub.core.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Why a reply did not reach its customer, as its trace tells agents. Immutable.
 *
 * @param reason in a few words, often the platform's own; kept in every language there is of it, as nobody knows who will read it
 * @param mayHaveArrived whether nobody knows
 */
record Failure(Localized reason, boolean mayHaveArrived) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Adds itself to a trace. */
    String in(Optional<String> trace) {
        var node = trace.map(Failure::read)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::objectNode);
        node.put("failure", reason.toString());
        var others = node.putObject("failureIn");
        reason.texts().forEach((language, text) -> {
            if (!language.equals(Language.EN)) others.put(language.tag(), text);
        });
        if (others.isEmpty()) node.remove("failureIn");
        if (mayHaveArrived) node.put("mayHaveArrived", true);
        return node.toString();
    }

    /** Notes in the trace of an answer why not all of it was sent: the customer's platform takes no more for now. */
    static String remark(String trace, String what) {
        return remark(trace, what, "window");
    }

    static String remark(String trace, String what, String why) {
        var node = read(trace) instanceof ObjectNode known ? known : JsonNodeFactory.instance.objectNode();
        return node.put(what, why).toString();
    }

    private static JsonNode read(String trace) {
        try {
            return JSON.readTree(trace);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
