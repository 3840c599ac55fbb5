package io.kefuhub.core.answering.documents;

import java.util.List;
import java.util.UUID;

/**
 * A stored piece of a document.
 *
 * @param place from 1
 * @param page from 1; 0 where there are none
 */
record Chunk(UUID id, UUID document, int place, List<String> headings, int page, String text) {
    Chunk {
        headings = List.copyOf(headings);
    }
}
