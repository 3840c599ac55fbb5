package io.kefuhub.core.answering;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.Purpose;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What models were asked on the way to an answer, as a trace says it. */
final class AskedModels {
    private AskedModels() {}

    static void write(JsonGenerator out, List<CallNotes> asked) throws IOException {
        writeRemarks(out, asked);
        var notes = asked.stream().flatMap(one -> one.all().stream()).toList();
        if (notes.isEmpty()) return;
        out.writeArrayFieldStart("models");
        for (var note : notes) write(out, note);
        out.writeEndArray();
    }

    /** What responders of the hub's own say beside their answer; of several, the last one counts. */
    private static void writeRemarks(JsonGenerator out, List<CallNotes> asked) throws IOException {
        var remarks = remarks(asked);
        if (remarks.isEmpty()) return;
        out.writeObjectFieldStart("remarks");
        for (var remark : remarks.entrySet()) out.writeStringField(remark.getKey(), remark.getValue());
        out.writeEndObject();
    }

    static Map<String, String> remarks(List<CallNotes> asked) {
        var remarks = new LinkedHashMap<String, String>();
        asked.forEach(notes -> remarks.putAll(notes.remarks()));
        return remarks;
    }

    /** Why the last question that was to be an answer was none; empty when it was, or none was asked. */
    static Optional<String> unanswered(List<CallNotes> asked) {
        return asked.stream()
                .flatMap(one -> one.all().stream())
                .filter(note -> note.purpose() == Purpose.ANSWER)
                .reduce((_, last) -> last)
                .filter(note -> !(note.outcome() instanceof ModelOutcome.Answered))
                .map(note -> outcome(note.outcome()));
    }

    private static void write(JsonGenerator out, CallNotes.Note note) throws IOException {
        var used = note.outcome().used();
        out.writeStartObject();
        out.writeStringField("alias", note.alias());
        out.writeStringField("purpose", note.purpose().name().toLowerCase(Locale.ROOT));
        out.writeStringField("outcome", outcome(note.outcome()));
        if (!used.deployment().isEmpty()) out.writeStringField("deployment", used.deployment());
        if (!used.model().isEmpty()) out.writeStringField("model", used.model());
        out.writeNumberField("tokensIn", used.usage().input());
        out.writeNumberField("tokensOut", used.usage().output());
        if (used.usage().cachedInput() > 0)
            out.writeNumberField("tokensCached", used.usage().cachedInput());
        if (!used.usage().reported()) out.writeBooleanField("estimated", true);
        out.writeNumberField("cost", used.cost());
        out.writeNumberField("attempts", used.attempts());
        if (used.firstContent().isPositive())
            out.writeNumberField("firstWordsMillis", used.firstContent().toMillis());
        out.writeNumberField("millis", used.whole().toMillis());
        out.writeEndObject();
    }

    /** A word that the console has a text for. */
    private static String outcome(ModelOutcome outcome) {
        return switch (outcome) {
            case ModelOutcome.Answered _ -> "answered";
            case ModelOutcome.Partial _ -> "partial";
            case ModelOutcome.Withheld _ -> "withheld";
            case ModelOutcome.TooLong _ -> "too-long";
            case ModelOutcome.Cancelled _ -> "cancelled";
            case ModelOutcome.NotAnswered(var why, var _, var _, var _) ->
                why.name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }
}
