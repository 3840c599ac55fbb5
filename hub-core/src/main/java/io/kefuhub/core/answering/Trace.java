package io.kefuhub.core.answering;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.kefuhub.api.respond.Response;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.TurnOutcome;
import io.kefuhub.core.filtering.Judged;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.plugin.Reason;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How an answer came about, gathered while a turn runs. Safe for threads. */
final class Trace {
    private static final JsonFactory JSON = new JsonFactory();

    private final long started;
    private final String channel;
    private final List<Judged> filtersIn = new ArrayList<>();
    private final List<Judged> filtersOut = new ArrayList<>();
    private final List<Passed> passed = new ArrayList<>();
    private final List<CallNotes> asked = new ArrayList<>();
    private Optional<Source> source = Optional.empty();
    private By responder = By.NOBODY;
    private String outcome = "";

    /**
     * A responder.
     *
     * @param version of the plugin it belongs to
     * @param candidate whether it was the one on trial
     */
    record By(String name, String version, boolean candidate) {
        static final By NOBODY = new By("", "", false);
        /** The hub itself, before anybody is asked. */
        static final By HUB = new By("hub", "", false);
    }

    /** A responder that left it to the next. */
    private record Passed(By by, Reason reason, long micros) {}

    private record Source(Response.Source from, Reason reason) {}

    Trace(String channel) {
        this(channel, System.nanoTime());
    }

    private Trace(String channel, long started) {
        this.channel = channel;
        this.started = started;
    }

    synchronized void filteredIn(List<Judged> trail) {
        filtersIn.addAll(trail);
    }

    synchronized void filteredOut(List<Judged> trail) {
        filtersOut.addAll(trail);
    }

    /** What models are asked under these notes belongs to the answer. */
    synchronized void asks(CallNotes notes) {
        asked.add(notes);
    }

    /** The trace of an answer that comes when the turn has ended: what was asked on the way, and nothing decided. */
    synchronized Trace late() {
        var late = new Trace(channel, started);
        late.asked.addAll(asked);
        return late;
    }

    long millis() {
        return (System.nanoTime() - started) / 1_000_000;
    }

    synchronized void passed(By by, Reason reason, long micros) {
        passed.add(new Passed(by, reason, micros));
    }

    synchronized void answered(By by, String what, Response.Source from, Reason reason) {
        responder = by;
        outcome = what;
        source = Optional.of(new Source(from, reason));
    }

    /** The hub ended an answer that had been begun and cannot go on. */
    synchronized void brokeOff() {
        var hub = By.HUB.name();
        var reason = Reason.Code.MODEL_PARTIAL.known(hub);
        answered(
                By.HUB,
                "answered",
                new Response.Source("model", hub, hub, 0, reason.code().key()),
                reason);
    }

    synchronized void handedOver(By by) {
        responder = by;
        outcome = "handed over";
    }

    /** The hub itself ended the turn. */
    synchronized void ended(String what) {
        outcome = what;
    }

    synchronized Map<String, String> remarks() {
        return AskedModels.remarks(asked);
    }

    /** Whether what is said stands in the desk's knowledge, word for word. */
    synchronized boolean isFromKnowledge() {
        return source.filter(it -> it.from().kind().equals("knowledge")).isPresent();
    }

    /** How the turn is counted. */
    synchronized TurnOutcome outcome(MessageId question, String desk) {
        var remarks = AskedModels.remarks(asked);
        var rung = remarks.getOrDefault("rung", "");
        var from = from(remarks.getOrDefault("cache", ""), rung);
        return new TurnOutcome(question, desk, channel, responder.name(), from, rung, why(from));
    }

    private String from(String cache, String rung) {
        return switch (outcome) {
            case "offered" -> "menu";
            case "held", "refused" -> "filter";
            case "answered" -> {
                if (rung.equals("extract")) yield "passage";
                yield switch (source.map(it -> it.from().kind()).orElse("")) {
                    case "model" -> cache.isEmpty() ? "model" : cache.equals("hit") ? "cache" : "shared";
                    case "knowledge" -> "faq";
                    default -> "plugin";
                };
            }
            default -> "person";
        };
    }

    private String why(String from) {
        var model = AskedModels.unanswered(asked);
        if (model.isPresent() || !from.equals("person")) return model.orElse("");
        return passed.isEmpty() || !(passed.getLast().reason() instanceof Reason.Known(var code, var _))
                ? ""
                : code.key();
    }

    synchronized String json() {
        var text = new StringWriter(256);
        try (var out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("channel", channel);
            out.writeStringField("outcome", outcome);
            write(out, responder);
            if (source.isPresent()) write(out, source.get());
            write(out, "filtersIn", filtersIn);
            write(out, "filtersOut", filtersOut);
            if (!passed.isEmpty()) writePassed(out);
            AskedModels.write(out, asked);
            out.writeNumberField("micros", (System.nanoTime() - started) / 1_000);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // What PostgreSQL cannot hold in JSON.
        return text.toString().replace("\\u0000", "");
    }

    private static void write(JsonGenerator out, By by) throws IOException {
        out.writeStringField("responder", by.name());
        if (!by.version().isEmpty()) out.writeStringField("responderVersion", by.version());
        if (by.candidate()) out.writeBooleanField("candidate", true);
    }

    private void writePassed(JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("passed");
        for (var pass : passed) {
            out.writeStartObject();
            write(out, pass.by());
            write(out, pass.reason());
            out.writeNumberField("micros", pass.micros());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, Source source) throws IOException {
        var from = source.from();
        out.writeObjectFieldStart("source");
        out.writeStringField("kind", from.kind());
        out.writeStringField("id", from.id());
        out.writeStringField("title", from.title());
        out.writeNumberField("score", from.score());
        write(out, source.reason());
        if (!from.citations().isEmpty()) write(out, from.citations());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, List<Response.Citation> citations) throws IOException {
        out.writeArrayFieldStart("citations");
        for (var citation : citations) {
            out.writeStartObject();
            out.writeStringField("kind", citation.kind());
            out.writeStringField("id", citation.id());
            out.writeStringField("title", citation.title());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, Reason reason) throws IOException {
        switch (reason) {
            case Reason.Known(var code, var about) -> {
                out.writeStringField("code", code.key());
                if (!about.isEmpty()) out.writeStringField("about", about);
            }
            case Reason.Told(var text) -> {
                if (!text.isEmpty()) out.writeStringField("reason", text);
            }
        }
    }

    private static void write(JsonGenerator out, String name, List<Judged> trail) throws IOException {
        out.writeArrayFieldStart(name);
        for (var judged : trail) {
            out.writeStartObject();
            out.writeStringField("filter", judged.filter());
            out.writeStringField("version", judged.version());
            if (judged.candidate()) out.writeBooleanField("candidate", true);
            out.writeStringField("verdict", judged.verdict());
            write(out, judged.reason());
            out.writeNumberField("micros", judged.micros());
            if (!judged.tags().isEmpty()) {
                out.writeArrayFieldStart("tags");
                for (var tag : judged.tags()) out.writeString(tag);
                out.writeEndArray();
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
