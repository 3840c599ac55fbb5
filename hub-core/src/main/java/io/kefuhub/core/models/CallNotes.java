package io.kefuhub.core.models;

import io.kefuhub.core.plugin.Carried;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What models were asked on the way to an answer, and on whose behalf: the trace of a turn reads it, whoever answered.
 * Safe for threads.
 */
public final class CallNotes {
    private static final Carried.Key<CallNotes> KEY = new Carried.Key<>(CallNotes.class);

    private final Payer payer;
    private final BooleanSupplier anew;
    private final List<Note> notes = new ArrayList<>();
    private final Map<String, String> remarks = new LinkedHashMap<>();

    /** One question. */
    public record Note(String alias, Purpose purpose, ModelOutcome outcome) {}

    public CallNotes(Payer payer) {
        this(payer, () -> false);
    }

    /** @param anew whether nobody has seen or will see what was made of an answer so far */
    public CallNotes(Payer payer, BooleanSupplier anew) {
        this.payer = payer;
        this.anew = anew;
    }

    /** Whether the answer may be made anew without anybody noticing; if so, it must be. */
    public boolean mayBeMadeAnew() {
        return anew.getAsBoolean();
    }

    /** Does something whose questions to models are noted here, also those that plugins ask on other threads. */
    public <T> T during(Supplier<T> work) {
        return Carried.with(KEY, this, work);
    }

    /** The notes of what is being done here; of nobody in particular where nobody reads them. */
    public static CallNotes current() {
        return Carried.find(KEY).orElseGet(() -> new CallNotes(Payer.apart("", "")));
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

    /** Notes something else that the trace is to say of the answer, such as the {@code rung} it stands on. */
    public synchronized void remark(String name, String value) {
        remarks.put(name, value);
    }

    /** What was remarked, in the order it first was. */
    public synchronized Map<String, String> remarks() {
        return new LinkedHashMap<>(remarks);
    }
}
