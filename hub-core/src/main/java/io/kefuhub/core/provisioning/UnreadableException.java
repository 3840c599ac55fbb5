package io.kefuhub.core.provisioning;

import io.kefuhub.core.answering.knowledge.EntryContent;
import io.kefuhub.core.web.Words;

/** A value does not mean anything; says what would, and never what was there. */
final class UnreadableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient Words words;

    UnreadableException(String en, String zh) {
        this(new Words(en, zh));
    }

    UnreadableException(Words words) {
        super(words.en());
        this.words = words;
    }

    UnreadableException(Words words, Throwable cause) {
        super(words.en(), cause);
        this.words = words;
    }

    /** What an argument's refusal says, in both languages where it knows them. */
    static Words words(IllegalArgumentException refusal) {
        return switch (refusal) {
            case UnreadableException unreadable -> unreadable.words;
            case EntryContent.Unfit unfit -> unfit.words();
            default -> {
                var message = String.valueOf(refusal.getMessage());
                yield new Words(message, message);
            }
        };
    }
}
