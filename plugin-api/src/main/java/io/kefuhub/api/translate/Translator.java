package io.kefuhub.api.translate;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Language;
import java.util.List;
import java.util.Map;

/** Translates what people say. Called from many threads that may wait; 10 s unless the admin set another deadline. */
public interface Translator extends AutoCloseable {
    default CheckResult check() {
        return new CheckResult.Fine();
    }

    /**
     * Translates texts together.
     *
     * @param texts at least one; the answer has as many, in the same order
     * @param glossary words and what they must become; may be empty
     */
    Translation translate(List<String> texts, Language from, Language to, Map<String, String> glossary);

    @Override
    default void close() {}
}
