package io.kefuhub.core.answering.documents;

import java.util.List;

/**
 * What was cut out of a document.
 *
 * @param headings the headings it stands under, the outermost first
 * @param page where it begins, from 1; 0 where there are none
 */
record Piece(List<String> headings, int page, String text) {
    Piece {
        headings = List.copyOf(headings);
    }
}
