package io.kefuhub.core.answering.documents.reading;

/**
 * A heading or a paragraph of a document.
 *
 * @param level of a heading, from 1; 0 for text
 * @param page from 1; 0 where the format has no pages
 */
public record Block(int level, int page, String text) {
    public Block {
        if (level < 0 || page < 0 || text.isBlank()) throw new IllegalArgumentException("not a block");
    }

    static Block text(int page, String text) {
        return new Block(0, page, text);
    }

    public boolean isHeading() {
        return level > 0;
    }
}
