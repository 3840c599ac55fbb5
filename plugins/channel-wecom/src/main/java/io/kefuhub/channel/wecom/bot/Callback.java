package io.kefuhub.channel.wecom.bot;

import java.util.List;

/** What the platform tells a bot. */
sealed interface Callback {
    /** Somebody said something. */
    record Said(Origin origin, List<Piece> pieces) implements Callback {
        public Said {
            pieces = List.copyOf(pieces);
        }
    }

    /** The platform asks for more of an answer. */
    record Fetches(String stream) implements Callback {}

    /** Somebody opened the chat. */
    record Entered(Origin origin) implements Callback {}

    /**
     * Somebody pressed a button of a card.
     *
     * @param key what that says
     * @param task the card's name; empty where it has none
     */
    record Pressed(Origin origin, String key, String task) implements Callback {
        Said said() {
            var words = Wording.clean(key).strip();
            return new Said(
                    origin,
                    List.of(words.isEmpty() ? new Piece.Strange("template_card_event") : new Piece.Words(words)));
        }
    }

    /**
     * Somebody judged an answer.
     *
     * @param answer the name that the answer was given for this
     * @param kind 1 for good, 2 for bad; anything else takes it back
     */
    record Judged(Origin origin, String answer, int kind, String text) implements Callback {}

    /** Another program has connected as this bot. */
    record Evicted() implements Callback {}

    /** Nothing that concerns anybody. */
    record Nothing() implements Callback {}
}
