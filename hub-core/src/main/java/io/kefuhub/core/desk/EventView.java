package io.kefuhub.core.desk;

import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Edits;
import io.kefuhub.core.conversation.EventBody;
import io.kefuhub.core.conversation.FeedEvent;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Quote;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.conversation.Translated;
import io.kefuhub.core.web.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows events of a conversation to agents, as the API describes them. */
public final class EventView {
    /** What keys of agents' replies begin with; see {@code Replies}. */
    private static final String AGENT_KEY = "a:";

    private EventView() {}

    public static Map<String, Object> of(ConversationId conversation, FeedEvent event) {
        return of(conversation, event, false);
    }

    /** @param audits whether what was taken back is shown */
    static Map<String, Object> of(ConversationId conversation, FeedEvent event, boolean audits) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("kind", kind(event.body()));
        shown.put("feed", event.feed());
        event.seq().ifPresent(seq -> shown.put("seq", seq));
        shown.put("at", event.at());
        switch (event.body()) {
            case EventBody.Said(var message) -> shown.put("message", message(message, audits));
            case EventBody.Changed(var message) -> shown.put("message", message(message, audits));
            case EventBody.Entered(var mode, var assignee) -> {
                shown.put("mode", mode.name().toLowerCase(Locale.ROOT));
                assignee.ifPresent(agent -> shown.put("assignee", PersonRef.of(agent)));
            }
            case EventBody.Read(var by, var upTo) -> {
                shown.put("by", by == Speaker.Kind.CUSTOMER ? "customer" : "agent");
                shown.put("upTo", upTo);
            }
            case EventBody.Noted note ->
                shown.put("note", NoteView.of(conversation, event, note).shown());
            case EventBody.Languages(var pair) -> shown.put("languages", LanguagesView.of(pair));
            case EventBody.Rated(var message, var score, var text) -> {
                message.ifPresent(id -> shown.put("messageId", id.value()));
                shown.put("score", score);
                if (!text.isEmpty()) shown.put("text", text);
            }
            case EventBody.Reviewed(var message, var decision, var by) -> {
                shown.put("messageId", message.value());
                shown.put("decision", decision.key());
                shown.put("by", PersonRef.of(by));
            }
        }
        return shown;
    }

    /** The API's word for who said something. */
    static String author(String speakerKind) {
        return speakerKind.equals(Speaker.Kind.HUB.name()) ? "system" : speakerKind.toLowerCase(Locale.ROOT);
    }

    private static String kind(EventBody body) {
        return switch (body) {
            case EventBody.Said _ -> "message";
            case EventBody.Changed _ -> "message.updated";
            case EventBody.Entered _ -> "state";
            case EventBody.Read _ -> "read";
            case EventBody.Noted _ -> "note";
            case EventBody.Languages _ -> "languages";
            case EventBody.Rated _ -> "rated";
            case EventBody.Reviewed _ -> "reviewed";
        };
    }

    public static Map<String, Object> message(StoredMessage message) {
        return message(message, false);
    }

    private static Map<String, Object> message(StoredMessage message, boolean audits) {
        var hidden = message.state() == MessageState.TAKEN_BACK && !audits;
        var shown = new LinkedHashMap<String, Object>();
        shown.put("id", message.id().value());
        var author = new LinkedHashMap<String, Object>();
        author.put("kind", author(message.speaker().kind().name()));
        message.speaker().person().ifPresent(id -> author.put("id", id));
        if (!message.speaker().name().isEmpty())
            author.put("name", message.speaker().name());
        if (message.speaker().isElsewhere()) author.put("elsewhere", true);
        shown.put("author", author);
        shown.put("at", message.at());
        shown.put("parts", hidden ? List.of() : parts(message.parts()));
        shown.put("state", message.state().name());
        if (message.externalId().startsWith(AGENT_KEY)) {
            shown.put("cid", message.externalId().substring(message.externalId().lastIndexOf(':') + 1));
        }
        message.answers().ifPresent(question -> shown.put("answers", question.value()));
        message.replyTo().ifPresent(quote -> shown.put("replyTo", quote(quote)));
        if (!hidden) {
            message.translation().ifPresent(made -> shown.put("translation", translation(made)));
            message.edits().ifPresent(edits -> shown.put("edits", edits(edits)));
        }
        message.trace().ifPresent(trace -> shown.put("trace", Json.tree(trace)));
        return shown;
    }

    private static Map<String, Object> edits(Edits edits) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("at", edits.at());
        shown.put(
                "former",
                edits.former().stream()
                        .map(one -> Map.of("parts", parts(one.parts()), "until", one.until()))
                        .toList());
        if (!edits.stoppedBy().isEmpty()) shown.put("stoppedBy", edits.stoppedBy());
        return shown;
    }

    private static List<Map<String, Object>> parts(List<Part> parts) {
        return parts.stream().map(EventView::part).toList();
    }

    private static Map<String, Object> translation(Translated made) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("from", made.from().tag());
        shown.put("to", made.to().tag());
        shown.put("outcome", made.outcome().name().toLowerCase(Locale.ROOT));
        shown.put("parts", parts(made.parts()));
        shown.put("sent", made.sent());
        if (!made.by().translator().isEmpty()) {
            shown.put("translator", made.by().translator());
            shown.put("version", made.by().version());
        }
        if (!made.why().isEmpty()) shown.put("why", made.why());
        return shown;
    }

    private static Map<String, Object> quote(Quote quote) {
        var author = new LinkedHashMap<String, Object>();
        author.put("kind", author(quote.author().name()));
        if (!quote.name().isEmpty()) author.put("name", quote.name());
        return Map.of("id", quote.id().value(), "author", author, "text", quote.text());
    }

    private static Map<String, Object> part(Part part) {
        return switch (part) {
            case Part.Text(var text) -> Map.of("type", "text", "text", text);
            case Part.Media(var kind, var file) -> {
                var shown = new LinkedHashMap<String, Object>();
                shown.put("type", "file");
                shown.put("fileId", file.id());
                shown.put("name", file.name());
                shown.put("mime", file.mime());
                shown.put("size", file.size());
                shown.put("url", "/api/files/" + file.id());
                shown.put("media", kind.name().toLowerCase(Locale.ROOT));
                yield shown;
            }
            case Part.Menu(var text, var options) -> Map.of("type", "menu", "text", text, "options", options);
            case Part.Unsupported(var platformType) -> Map.of("type", "unsupported", "platformType", platformType);
        };
    }
}
