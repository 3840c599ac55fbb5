package io.kefuhub.bench.words;

import java.util.List;
import java.util.function.IntSupplier;

/** Something that looks for the words of a list. */
interface Matcher {
    String name();

    /** Makes ready to look through texts again and again; each time it says in how many there was no word. */
    IntSupplier over(List<String> texts);

    default boolean isClean(String text) {
        return over(List.of(text)).getAsInt() == 1;
    }
}
