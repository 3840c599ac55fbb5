package io.kefuhub.core.answering.documents.reading;

import java.io.IOException;

/** Is told what a document says while it is read. */
interface BlockSink {
    void block(Block block) throws IOException, UnreadableException;

    /** So many pages are read. */
    void page(int page, int of) throws IOException;
}
