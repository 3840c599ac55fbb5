package io.kefuhub.api.translate;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Language;
import java.util.List;
import java.util.Map;

/**
 * Translates what people say.
 *
 * <p>Called from many threads at once that may wait, before a customer's words are shown to an agent who reads another
 * language and the other way round. Answer within 10 s unless the admin set another deadline; without an answer people
 * see the original.
 */
public interface Translator extends AutoCloseable {
    default CheckResult check() {
        return new CheckResult.Fine();
    }

    /**
     * Translates texts together.
     *
     * @param texts at least one, none blank; the answer has as many, none blank, in the same order, with placeholders
     *     such as {@code [phone-1]} and web addresses as they are
     * @param from the language they are in, as far as the hub can tell
     * @param glossary words and what they must become; may be empty
     * @return the texts, or why there are none; never the originals in the place of translations; soon after the thread
     *     was interrupted, which is how the hub gives a question up
     * @throws RuntimeException only for a defect, which counts as {@link Translation.Failed}
     */
    Translation translate(List<String> texts, Language from, Language to, Map<String, String> glossary);

    @Override
    default void close() {}
}
