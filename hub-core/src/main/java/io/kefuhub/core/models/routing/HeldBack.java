package io.kefuhub.core.models.routing;

import io.kefuhub.api.ai.AiSink;
import io.kefuhub.core.models.GatheringSink;

/**
 * Holds the first text back for a moment: until it is shown, another model may answer without anybody noticing. One
 * thread only.
 */
final class HeldBack {
    private final GatheringSink sink;
    private final boolean streams;
    private final int characters;
    private final long nanos;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thoughts = new StringBuilder();
    private boolean waiting;
    private boolean shown;
    private long since;
    private int told;

    HeldBack(AiSink sink, boolean streams, Tempo tempo) {
        this.sink = GatheringSink.of(sink);
        this.streams = streams;
        this.characters = tempo.holdBackCharacters();
        this.nanos = tempo.holdBack().toNanos();
    }

    void thought(String piece) {
        if (!streams) return;
        if (shown) sink.reasoning(piece);
        else thoughts.append(piece);
    }

    void piece(String piece, long now) {
        text.append(piece);
        if (!streams) return;
        if (!shown && !waiting && !piece.isBlank()) {
            waiting = true;
            since = now;
        }
        if (shown || text.length() >= characters) show();
    }

    /** Nothing more is there at the moment. */
    void pause() {
        if (shown) sink.show();
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** Whether somebody may have seen something. */
    boolean isShown() {
        return shown;
    }

    boolean isWaiting() {
        return waiting && !shown;
    }

    /** When what is held back is to be shown; only while something is. */
    long dueAt() {
        return since + nanos;
    }

    void show() {
        if (!streams || (!shown && text.toString().isBlank())) return;
        shown = true;
        if (!thoughts.isEmpty()) {
            sink.reasoning(thoughts.toString());
            thoughts.setLength(0);
        }
        if (told < text.length()) sink.gather(text.substring(told));
        told = text.length();
    }

    /** The answer is whole; what had not come in pieces comes now. */
    void end(String whole) {
        if (whole.length() > text.length() && whole.startsWith(text.toString())) {
            text.append(whole, text.length(), whole.length());
        }
        show();
    }

    /** Forgets what nobody has seen. */
    void drop() {
        if (shown) throw new IllegalStateException("it was shown already");
        text.setLength(0);
        thoughts.setLength(0);
        waiting = false;
    }

    /** What was shown. */
    String text() {
        return text.substring(0, told);
    }
}
