package io.kefuhub.core.answering.ai;

import io.kefuhub.core.answering.knowledge.EntryLanguage;
import java.util.Optional;
import java.util.UUID;

/**
 * A turn made ready to think about. Immutable.
 *
 * @param condensed the question, to be searched for by itself
 * @param shareable whether the answer may be given to others: the inquiry then holds nothing of the conversation
 */
record Prepared(
        UUID desk,
        EntryLanguage asked,
        String condensed,
        Inquiry inquiry,
        Optional<UUID> conversation,
        boolean shareable) {}
