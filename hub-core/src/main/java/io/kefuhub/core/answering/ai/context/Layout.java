package io.kefuhub.core.answering.ai.context;

import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiRequest.Role;
import io.kefuhub.core.answering.ai.Passage;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays out what is told: what is always the same first, so that providers may keep it; then what changes with the
 * conversation; the passages and the question last.
 */
final class Layout {
    private static final String FACTS = "Known facts, as they were said in this conversation:";
    private static final String EARLIER = "What was said earlier, in short:";
    private static final String PASSAGES = "Reference passages:";
    private static final String NO_PASSAGES = "There is no reference passage about this.";
    private static final String QUESTION = "The customer says:";

    /** What a part or a message costs besides its text. */
    private static final int PART = 5;

    /** All that stands around the parts. */
    static final String AROUND = String.join("\n\n", FACTS, EARLIER, PASSAGES, NO_PASSAGES, QUESTION);

    private Layout() {}

    static Prompt prompt(Material material, int tokens, int estimate) {
        return new Prompt(
                system(material),
                messages(material),
                tokens,
                estimate,
                material.passages(),
                material.past().size());
    }

    private static String system(Material material) {
        var system = new StringBuilder(material.system());
        if (!material.facts().isEmpty()) {
            system.append("\n\n").append(FACTS);
            material.facts().forEach(line -> system.append("\n- ").append(line));
        }
        material.earlier()
                .ifPresent(text ->
                        system.append("\n\n").append(EARLIER).append('\n').append(text));
        return system.toString();
    }

    /** Users and assistants take turns, whoever was silent. */
    private static List<AiRequest.Turn> messages(Material material) {
        var messages = new ArrayList<AiRequest.Turn>();
        for (var exchange : material.past()) {
            add(messages, Role.USER, exchange.asked());
            if (!exchange.answered().isEmpty()) add(messages, Role.ASSISTANT, exchange.answered());
        }
        add(messages, Role.USER, asked(material));
        var last = messages.removeLast();
        messages.add(new AiRequest.Turn(last.role(), last.text(), material.pictures()));
        return messages;
    }

    private static void add(List<AiRequest.Turn> messages, Role role, String text) {
        if (!messages.isEmpty() && messages.getLast().role() == role) {
            var joined = messages.removeLast().text() + "\n" + text;
            messages.add(new AiRequest.Turn(role, joined, List.of()));
        } else {
            messages.add(new AiRequest.Turn(role, text, List.of()));
        }
    }

    private static String asked(Material material) {
        var text = new StringBuilder();
        if (material.passages().isEmpty()) text.append(NO_PASSAGES);
        else text.append(PASSAGES);
        var number = 0;
        for (var passage : material.passages()) text.append('\n').append(passage(++number, passage));
        return text.append("\n\n")
                .append(QUESTION)
                .append('\n')
                .append(material.question())
                .toString();
    }

    /** A passage cannot end itself: its text holds no mark of the kind that closes it. */
    static String passage(int number, Passage passage) {
        return "<passage number=\"" + number + "\" title=\""
                + plain(passage.source().title()).replace('"', '\'') + "\">\n" + plain(passage.text()) + "\n</passage>";
    }

    private static String plain(String text) {
        return text.replace("</passage", "< /passage").replace("<passage", "< passage");
    }

    /** How many bytes all of it has at most, with what stands around the parts. */
    static int bytes(Material material) {
        var all = bytes(AROUND) + bytes(material.system()) + bytes(material.question()) + PART;
        for (var line : material.facts()) all += bytes(line) + PART;
        all += material.earlier().map(Layout::bytes).orElse(0);
        for (var exchange : material.past()) all += bytes(exchange.asked()) + bytes(exchange.answered()) + 2 * PART;
        for (var passage : material.passages()) all += bytes(passage(9, passage)) + PART;
        return all;
    }

    private static int bytes(String text) {
        var bytes = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            // Half of a pair has two of the pair's four.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
