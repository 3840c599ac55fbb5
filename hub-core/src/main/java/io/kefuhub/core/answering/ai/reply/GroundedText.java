package io.kefuhub.core.answering.ai.reply;

import io.kefuhub.core.delivery.SentenceEnds;

/**
 * Lets through the sentences of a growing text that claim nothing without evidence. One thread only.
 *
 * <p>A sentence is let through when it is complete, and what was let through is never taken back.
 */
public final class GroundedText {
    private final Grounding grounding;
    private final StringBuilder kept = new StringBuilder();
    private int judged;
    private int dropped;

    public GroundedText(Grounding grounding) {
        this.grounding = grounding;
    }

    /** The sentences of a text that has grown since. */
    public String soFar(String text) {
        return judge(text, false);
    }

    /** The sentences of the whole text; nothing follows. */
    public String whole(String text) {
        return judge(text, true).strip();
    }

    /** How many sentences were left out. */
    public int dropped() {
        return dropped;
    }

    private String judge(String text, boolean whole) {
        for (var end = SentenceEnds.next(text, judged, whole); end > 0; end = SentenceEnds.next(text, judged, whole)) {
            var sentence = text.substring(judged, end);
            if (grounding.holds(sentence)) kept.append(sentence);
            else dropped++;
            judged = end;
        }
        return kept.toString();
    }
}
