package io.kefuhub.ai.exchange;

import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Usage;
import java.util.Optional;

/** An answer as it comes in: tells the hub of each piece and keeps what the whole is made of. One thread only. */
public final class AnswerSoFar {
    private static final int MOST = 2 << 20;

    private final AiSink sink;
    private final Thoughts thoughts;
    private final StringBuilder text = new StringBuilder();
    private Usage usage = Usage.UNKNOWN;
    private Optional<AiReply.Finish> finish = Optional.empty();
    private boolean filtered;

    /** What becomes of a piece once it is clear what it is. */
    interface Heard {
        void content(String piece);

        void reasoning(String piece);
    }

    AnswerSoFar(AiSink sink) {
        this.sink = sink;
        this.thoughts = new Thoughts(new Heard() {
            @Override
            public void content(String piece) {
                if (text.length() + piece.length() > MOST) throw new UnreadableException("the answer is too large");
                text.append(piece);
                sink.content(piece);
            }

            @Override
            public void reasoning(String piece) {
                sink.reasoning(piece);
            }
        });
    }

    /** Takes a piece of text for the customer; an empty one is nothing. */
    public void content(String piece) {
        if (!piece.isEmpty()) thoughts.piece(piece);
    }

    /** Takes a piece of the model's reasoning; an empty one is nothing. */
    public void reasoning(String piece) {
        if (!piece.isEmpty()) sink.reasoning(piece);
    }

    /** Takes what the provider counts; each replaces the one before. */
    public void usage(Usage counted) {
        if (counted.equals(usage)) return;
        usage = counted;
        sink.usage(counted);
    }

    /** The model has ended. */
    public void finish(AiReply.Finish why) {
        finish = Optional.of(why);
    }

    /** The provider, or the model itself, withholds the answer. */
    public void filtered() {
        filtered = true;
    }

    void end() {
        thoughts.end();
    }

    String text() {
        return text.toString();
    }

    /** Returns what was counted so far. */
    public Usage usage() {
        return usage;
    }

    Optional<AiReply.Finish> finish() {
        return finish;
    }

    boolean isFiltered() {
        return filtered;
    }
}
