package io.kefuhub.core.plugin;

import java.util.function.Supplier;

/**
 * What the questions of the calling thread are about, for whoever writes something down on the way. Immutable.
 *
 * @param conversation its id; may be empty
 * @param message the id of the message that is judged, or answered; empty where there is none yet
 */
public record Subject(String conversation, String message) {
    public static final Subject NONE = new Subject("", "");

    private static final ScopedValue<Subject> CURRENT = ScopedValue.newInstance();

    public static Subject now() {
        return CURRENT.orElse(NONE);
    }

    /** The same, or, where it is about another conversation, that one and no message. */
    public Subject in(String other) {
        return conversation.equals(other) ? this : new Subject(other, "");
    }

    /** Asks something that is about this. */
    public <T> T of(Supplier<T> questions) {
        return ScopedValue.where(CURRENT, this).call(questions::get);
    }

    void during(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }
}
