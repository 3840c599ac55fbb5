package io.kefuhub.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.List;

/**
 * One message as the customer's app shows it. Immutable; a message that grows or changes is shown again under its id.
 *
 * @param surface where it is shown, such as customer service or the bot
 * @param thread the conversation: the customer's own, or a group's
 * @param by who said it
 * @param kind text, markdown, image, voice, video, file, link, location, card, event, or what else the platform has
 * @param text what can be read; markdown when the kind says so
 * @param media the shelf's id of its file; empty if it has none
 * @param card how it is drawn if it is a card
 * @param aside what stands beside it
 * @param growing more of it is to come
 * @param failed why it never arrived; empty when it did
 * @param original what the hub sent, word for word
 */
public record Shown(
        String id,
        String surface,
        String thread,
        By by,
        String kind,
        String text,
        String media,
        String mediaName,
        Card card,
        Aside aside,
        boolean growing,
        boolean recalled,
        String failed,
        JsonNode original,
        Instant at,
        long seq) {

    public enum By {
        CUSTOMER,
        HUB,
        /** A person who answers in the platform's own app. */
        SERVICER,
        SYSTEM
    }

    /** A card in the plain shape that the page can draw; empty for other messages. */
    public record Card(String title, String text, List<String> pictures, List<Button> buttons, String note) {
        public static final Card NONE = new Card("", "", List.of(), List.of(), "");

        public Card {
            pictures = List.copyOf(pictures);
            buttons = List.copyOf(buttons);
        }
    }

    /**
     * @param quoted what it answers, as the app shows it above; empty if nothing
     * @param marks what people and the hub put under it, such as reactions
     */
    public record Aside(String quoted, List<String> marks) {
        public static final Aside NONE = new Aside("", List.of());

        public Aside {
            marks = List.copyOf(marks);
        }
    }

    /**
     * @param id what the platform tells the hub when it is pressed
     * @param url what it opens instead; empty if it is reported to the hub
     */
    public record Button(String id, String label, String url, boolean disabled) {}

    public static Shown text(String id, String surface, String thread, By by, String text) {
        return of(id, surface, thread, by, "text", text);
    }

    public static Shown of(String id, String surface, String thread, By by, String kind, String text) {
        return new Shown(
                id,
                surface,
                thread,
                by,
                kind,
                text,
                "",
                "",
                Card.NONE,
                Aside.NONE,
                false,
                false,
                "",
                MissingNode.getInstance(),
                Instant.EPOCH,
                0);
    }

    public Shown withText(String text, boolean growing) {
        return new Shown(
                id, surface, thread, by, kind, text, media, mediaName, card, aside, growing, recalled, failed, original,
                at, seq);
    }

    public Shown withMedia(String media, String mediaName) {
        return new Shown(
                id, surface, thread, by, kind, text, media, mediaName, card, aside, growing, recalled, failed, original,
                at, seq);
    }

    public Shown withCard(Card card) {
        return new Shown(
                id, surface, thread, by, kind, text, media, mediaName, card, aside, growing, recalled, failed, original,
                at, seq);
    }

    public Shown withAside(Aside aside) {
        return new Shown(
                id, surface, thread, by, kind, text, media, mediaName, card, aside, growing, recalled, failed, original,
                at, seq);
    }

    public Shown withOriginal(JsonNode original) {
        return new Shown(
                id, surface, thread, by, kind, text, media, mediaName, card, aside, growing, recalled, failed, original,
                at, seq);
    }

    public Shown withFailed(String failed) {
        return new Shown(
                id, surface, thread, by, kind, text, media, mediaName, card, aside, false, recalled, failed, original,
                at, seq);
    }

    public Shown withRecalled() {
        return new Shown(
                id, surface, thread, by, kind, text, media, mediaName, card, aside, false, true, failed, original, at,
                seq);
    }

    /** The same message as another's, or as somebody's if it was nobody's. */
    public Shown as(String id, String surface, String thread) {
        return new Shown(
                id, surface, thread, by, kind, text, media, mediaName, card, aside, growing, recalled, failed, original,
                at, seq);
    }

    Shown withPlace(Instant at, long seq) {
        return new Shown(
                id, surface, thread, by, kind, text, media, mediaName, card, aside, growing, recalled, failed, original,
                at, seq);
    }
}
