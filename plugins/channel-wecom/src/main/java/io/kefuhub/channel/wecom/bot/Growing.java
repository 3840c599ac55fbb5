package io.kefuhub.channel.wecom.bot;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the platform fetches bit by bit as the answer to one message, until it is over. Immutable.
 *
 * @param id the platform asks for more by it
 * @param thread whose it is
 * @param opened when the platform began to fetch
 * @param said what was handed over, in order
 * @param draft of an answer that is still being made; without text for none
 * @param closing whether nothing more is to come
 * @param over what was fetched last, where the platform was told that it is the end
 */
record Growing(
        String id, String thread, Instant opened, List<Said> said, Draft draft, boolean closing, Optional<End> over) {
    /** For so long the platform fetches: half a minute less than it is known to. */
    static final Duration WINDOW = Duration.ofSeconds(330);

    private static final String GAP = "\n\n";

    /**
     * Something that was handed over.
     *
     * @param delivery its key against doubles
     * @param answer what drafts of it were called; empty for none
     * @param pictures ids of the hub's files; shown at the end
     * @param fetched whether the platform has been given it
     */
    record Said(String delivery, String answer, String text, List<String> pictures, boolean fetched) {}

    /** What is shown of an answer that is still being made. */
    record Draft(String answer, String text) {
        static final Draft NONE = new Draft("", "");
    }

    /**
     * How it ended.
     *
     * @param text as fetched
     * @param draft the part of the text that was a draft
     */
    record End(String text, Draft draft) {}

    Growing {
        said = List.copyOf(said);
    }

    static Growing begun(String id, String thread, Instant now) {
        return new Growing(id, thread, now, List.of(), Draft.NONE, false, Optional.empty());
    }

    /** All of it so far. */
    String text() {
        var texts = said.stream().map(Said::text).collect(Collectors.toCollection(ArrayList::new));
        texts.add(draft.text());
        var whole = texts.stream().filter(text -> !text.isEmpty()).collect(Collectors.joining(GAP));
        return Wording.fit(whole, Wording.MOST_BYTES);
    }

    boolean isOpen(Instant now) {
        return over.isEmpty() && !closing && !isLate(now);
    }

    boolean isLate(Instant now) {
        return now.isAfter(opened.plus(WINDOW));
    }

    boolean holds(String delivery) {
        return said.stream().anyMatch(one -> one.delivery().equals(delivery));
    }

    /** Whether the answer that a draft belongs to has been handed over. */
    boolean hasAnswer(String answer) {
        return said.stream().anyMatch(one -> one.answer().equals(answer));
    }

    boolean wasFetched(String delivery) {
        return said.stream().anyMatch(one -> one.delivery().equals(delivery) && one.fetched());
    }

    boolean hasNews() {
        return said.stream().anyMatch(one -> !one.fetched());
    }

    /** Whether there is room for more words beside what was handed over. */
    boolean fits(String text) {
        return Wording.bytes(withDraft(Draft.NONE).text()) + GAP.length() + Wording.bytes(text) <= Wording.MOST_BYTES;
    }

    Growing withDraft(Draft changed) {
        return new Growing(id, thread, opened, said, changed, closing, over);
    }

    /** With a reply, which takes the place of the draft of the same answer. */
    Growing with(Said reply, boolean last) {
        var more = new ArrayList<>(said);
        more.add(reply);
        var left = draft.answer().equals(reply.answer()) ? Draft.NONE : draft;
        return new Growing(id, thread, opened, more, left, closing || last, over);
    }

    /** Without a reply that goes another way; and nothing more is to come this way. */
    Growing givenUp(String delivery) {
        var left = said.stream().filter(one -> !one.delivery().equals(delivery)).toList();
        return new Growing(id, thread, opened, left, Draft.NONE, true, over);
    }

    Growing fetched() {
        var all = said.stream()
                .map(one -> new Said(one.delivery(), one.answer(), one.text(), one.pictures(), true))
                .toList();
        return new Growing(id, thread, opened, all, draft, closing, over);
    }

    /** Its end; what was shown is kept only once. */
    Growing ended(String text) {
        var names = said.stream()
                .map(one -> new Said(one.delivery(), one.answer(), "", one.pictures(), true))
                .toList();
        return new Growing(id, thread, opened, names, Draft.NONE, true, Optional.of(new End(text, draft)));
    }

    String kept() {
        var draftKept = Map.of("answer", draft.answer(), "text", draft.text());
        var overKept = over.map(end -> Map.of(
                        "text",
                        end.text(),
                        "answer",
                        end.draft().answer(),
                        "draft",
                        end.draft().text()))
                .orElse(Map.of());
        return Json.write(Map.of(
                "id",
                id,
                "thread",
                thread,
                "opened",
                opened.toEpochMilli(),
                "said",
                said.stream().map(Growing::kept).toList(),
                "draft",
                draftKept,
                "closing",
                closing,
                "over",
                overKept));
    }

    private static Map<String, Object> kept(Said one) {
        return Map.of(
                "delivery",
                one.delivery(),
                "answer",
                one.answer(),
                "text",
                one.text(),
                "pictures",
                one.pictures(),
                "fetched",
                one.fetched());
    }

    static Growing read(String kept) {
        var json = Json.object(kept).orElseThrow();
        var draft = json.object("draft").orElse(JsonObject.EMPTY);
        var over = json.object("over").filter(end -> end.has("text"));
        return new Growing(
                json.text("id", ""),
                json.text("thread", ""),
                Instant.ofEpochMilli(json.number("opened", 0)),
                json.objects("said").stream().map(Growing::said).toList(),
                new Draft(draft.text("answer", ""), draft.text("text", "")),
                json.flag("closing"),
                over.map(end ->
                        new End(end.text("text", ""), new Draft(end.text("answer", ""), end.text("draft", "")))));
    }

    private static Said said(JsonObject kept) {
        return new Said(
                kept.text("delivery", ""),
                kept.text("answer", ""),
                kept.text("text", ""),
                kept.list("pictures").stream().map(String::valueOf).toList(),
                kept.flag("fetched"));
    }
}
