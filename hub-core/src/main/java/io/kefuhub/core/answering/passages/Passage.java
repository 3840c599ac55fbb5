package io.kefuhub.core.answering.passages;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Something a model may answer from, or that may be quoted. Immutable.
 *
 * @param id of the entry or of the piece of a document
 * @param title the entry's question, or where in which document it stands: {@code Returns policy > Within 7 days}
 * @param text the entry's answer, or the piece; cut where it is longer than there is room
 * @param score by which passages are ordered; says nothing across questions
 * @param how what it was found by
 * @param cosine how near it is in meaning, where that was looked at
 */
public record Passage(
        UUID id,
        Kind kind,
        String title,
        String text,
        double score,
        How how,
        Optional<Double> cosine,
        Optional<Source> source) {
    public enum Kind {
        ENTRY,
        CHUNK
    }

    public enum How {
        WORDS,
        MEANING,
        BOTH
    }

    /**
     * The document a piece was cut out of.
     *
     * @param headings the headings it stands under, the outermost first
     * @param page from 1; 0 where the document has none
     */
    public record Source(UUID document, String name, List<String> headings, int page) {
        public Source {
            headings = List.copyOf(headings);
        }

        /** Where it stands: {@code Returns policy > Within 7 days}. */
        public String path() {
            return headings.isEmpty() ? name : name + " > " + String.join(" > ", headings);
        }
    }
}
