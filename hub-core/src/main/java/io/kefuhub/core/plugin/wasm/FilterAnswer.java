package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a module says about a message; whatever is not as agreed is a {@link WasmFault}. */
final class FilterAnswer {
    private static final int MOST_TAGS = 20;
    private static final int LONGEST_TAG = 59;
    private static final int LONGEST_REASON = 500;
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "pass", Set.of("action", "tags", "attrs"),
            "rewrite", Set.of("action", "tags", "attrs", "text", "texts", "placeholders"),
            "hold", Set.of("action", "tags", "attrs", "reason"),
            "block", Set.of("action", "tags", "attrs", "reason", "reply"));

    private final AnswerNode node;

    private FilterAnswer(AnswerNode node) {
        this.node = node;
    }

    static Verdict read(byte[] output, Message message, Stage stage) {
        if (output.length == 0) return Verdict.pass();
        return new FilterAnswer(AnswerNode.read(output)).verdict(message, stage);
    }

    private Verdict verdict(Message message, Stage stage) {
        var action = node.text("action", "");
        var fields = FIELDS.get(action);
        if (fields == null) throw wrong("its action is none of pass, rewrite, hold, block");
        for (var field : node.json().properties()) {
            if (!fields.contains(field.getKey())) {
                throw wrong("its answer has a field that " + action + " does not have: " + shown(field.getKey()));
            }
        }
        return switch (action) {
            case "rewrite" -> rewrite(message, stage);
            case "hold" -> new Verdict.Hold(reason(), tags());
            case "block" -> new Verdict.Block(reason(), node.text("reply", ""), tags());
            default -> new Verdict.Pass(tags());
        };
    }

    private Verdict rewrite(Message message, Stage stage) {
        var placeholders = placeholders();
        if (!placeholders.isEmpty() && stage != Stage.TO_MODEL) {
            throw wrong("it gives placeholders for a message that goes to no model");
        }
        var parts = node.has("texts") ? each(message) : whole(message);
        if (parts.isEmpty()) throw wrong("it rewrites the message to nothing; block it instead");
        return new Verdict.Rewrite(parts, tags(), placeholders);
    }

    /** One text for all of the message's words; files stay where they are. */
    private List<Part> whole(Message message) {
        if (!node.has("text")) throw wrong("it rewrites and gives no text");
        var text = node.text("text", "");
        var parts = new ArrayList<Part>();
        var placed = false;
        for (var part : message.parts()) {
            switch (part) {
                case Part.Text _ -> {
                    if (!placed && !text.isBlank()) parts.add(new Part.Text(text));
                    placed = true;
                }
                case Part.Menu(var _, var options) -> {
                    if (placed || text.isBlank()) throw wrong("the message has several texts: answer with texts");
                    parts.add(new Part.Menu(text, options));
                    placed = true;
                }
                case Part.Media _, Part.Unsupported _ -> parts.add(part);
            }
        }
        if (!placed && !text.isBlank()) parts.addFirst(new Part.Text(text));
        return parts;
    }

    /** A text for each part that has one, in their order. */
    private List<Part> each(Message message) {
        var texts = node.texts("texts").iterator();
        var parts = new ArrayList<Part>();
        for (var part : message.parts()) {
            if (part instanceof Part.Media || part instanceof Part.Unsupported) {
                parts.add(part);
                continue;
            }
            if (!texts.hasNext()) throw wrong("it gives fewer texts than the message has");
            var text = texts.next();
            if (part instanceof Part.Menu(var _, var options) && !text.isBlank()) {
                parts.add(new Part.Menu(text, options));
            } else if (part instanceof Part.Menu) {
                throw wrong("it takes the words of a menu away");
            } else if (!text.isBlank()) {
                parts.add(new Part.Text(text));
            }
        }
        if (texts.hasNext()) throw wrong("it gives more texts than the message has");
        return parts;
    }

    private Map<String, String> placeholders() {
        return node.values("placeholders");
    }

    private Set<String> tags() {
        var tags = new HashSet<>(node.texts("tags"));
        node.values("attrs").forEach((key, value) -> tags.add(key + ":" + value));
        if (tags.size() > MOST_TAGS) throw wrong("it gives more than " + MOST_TAGS + " tags");
        for (var tag : tags) {
            if (tag.isBlank() || tag.length() > LONGEST_TAG) {
                throw wrong("it gives a tag that is empty or longer than " + LONGEST_TAG + " characters");
            }
        }
        return tags;
    }

    private String reason() {
        var reason = node.text("reason", "");
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }

    private static String shown(String name) {
        return name.substring(0, Math.min(40, name.length()));
    }

    private static WasmFault wrong(String what) {
        return AnswerNode.wrong(what);
    }
}
