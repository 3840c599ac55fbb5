package io.kefuhub.core.models;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What models were asked on the way to an answer, and on whose behalf: the trace of a turn reads it, whoever answered.
 * Safe for threads.
 */
public final class CallNotes {
    private static final ScopedValue<CallNotes> CURRENT = ScopedValue.newInstance();

    private final Payer payer;
    private final List<Note> notes = new ArrayList<>();

    /** One question. */
    public record Note(String alias, Purpose purpose, ModelOutcome outcome) {}

    public CallNotes(Payer payer) {
        this.payer = payer;
    }

    /** Does something whose questions to models are noted here. */
    public <T> T during(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /** The notes of what the calling thread does; of nobody in particular where nobody reads them. */
    public static CallNotes current() {
        return CURRENT.isBound() ? CURRENT.get() : new CallNotes(Payer.apart("", ""));
    }

    public Payer payer() {
        return payer;
    }

    public synchronized void add(Note note) {
        notes.add(note);
    }

    public synchronized List<Note> all() {
        return List.copyOf(notes);
    }
}
