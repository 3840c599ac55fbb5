package io.kefuhub.core.provisioning;

import java.util.List;
import java.util.Set;

/** One kind of things that files declare. Called by one thread. */
public interface Target<T> {
    /** The files that manage something of this kind now. */
    Set<String> files();

    /**
     * Makes things be as a file says: those that are declared are made or changed, those that the file declared once and
     * no longer does are switched off. Doing it twice changes nothing the second time.
     *
     * @throws UnfitException when a declaration cannot be carried out
     */
    void apply(String file, List<T> declared);
}
