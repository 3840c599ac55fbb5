package io.kefuhub.core.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kefuhub.api.Language;
import io.kefuhub.api.message.Part;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * What a message became in another language; the message itself stays what was written. Immutable.
 *
 * @param parts as many as the message has; empty unless the outcome is {@link Outcome#PROVEN}
 * @param by who made it; of nobody where nobody could
 * @param sent whether the customer reads this in the place of what was written
 * @param why what was altered or went wrong, for agents; empty where nothing is to be said
 */
public record Translated(
        Language from, Language to, Outcome outcome, List<Part> parts, By by, boolean sent, String why) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How it went. */
    public enum Outcome {
        /** Every number, price, link, placeholder and term of the original was found in it unchanged. */
        PROVEN,
        /** Something was not, so nobody is shown it. */
        ALTERED,
        /** No translator could. */
        FAILED,
        /** It was not there in time; what comes later takes the place of this. */
        LATE
    }

    /**
     * A translator.
     *
     * @param version of the plugin and its generation of settings
     */
    public record By(String translator, String version) {
        public static final By NOBODY = new By("", "");
    }

    public Translated {
        parts = List.copyOf(parts);
    }

    /** One that is not there, and why. */
    public static Translated none(Language from, Language to, Outcome outcome, By by, String why) {
        return new Translated(from, to, outcome, List.of(), by, false, why);
    }

    public boolean isProven() {
        return outcome == Outcome.PROVEN;
    }

    /** The same, read by the customer. */
    public Translated asSent() {
        return new Translated(from, to, outcome, parts, by, true, why);
    }

    /** The same translation with other words, as a filter lets it through. */
    public Translated withParts(List<Part> changed) {
        return new Translated(from, to, outcome, changed, by, sent, why);
    }

    String json() {
        var node = JsonNodeFactory.instance
                .objectNode()
                .put("from", from.tag())
                .put("to", to.tag())
                .put("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .put("translator", by.translator())
                .put("version", by.version())
                .put("sent", sent)
                .put("why", why.replace("\0", ""));
        node.set("parts", tree(PartsJson.write(parts)));
        return node.toString();
    }

    static Translated read(String json) {
        var node = tree(json);
        return new Translated(
                new Language(node.path("from").asText()),
                new Language(node.path("to").asText()),
                Outcome.valueOf(node.path("outcome").asText().toUpperCase(Locale.ROOT)),
                PartsJson.read(node.path("parts").toString()),
                new By(node.path("translator").asText(), node.path("version").asText()),
                node.path("sent").asBoolean(),
                node.path("why").asText());
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
