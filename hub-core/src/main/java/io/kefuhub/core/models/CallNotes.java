package io.kefuhub.core.models;

import io.kefuhub.core.plugin.Carried;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What models were asked on the way to an answer, and on whose behalf: the trace of a turn reads it, whoever answered.
 * Safe for threads.
 */
public final class CallNotes {
    private static final Carried.Key<CallNotes> KEY = new Carried.Key<>(CallNotes.class);

    private final Payer payer;
    private final boolean shown;
    private final List<Note> notes = new ArrayList<>();
    private final Map<String, String> remarks = new LinkedHashMap<>();

    /** One question. */
    public record Note(String alias, Purpose purpose, ModelOutcome outcome) {}

    public CallNotes(Payer payer) {
        this(payer, true);
    }

    /** @param shown whether somebody may see an answer while it is made, so that it cannot be made anew unnoticed */
    public CallNotes(Payer payer, boolean shown) {
        this.payer = payer;
        this.shown = shown;
    }

    public boolean isShown() {
        return shown;
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
