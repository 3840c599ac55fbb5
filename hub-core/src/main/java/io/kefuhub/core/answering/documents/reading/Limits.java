package io.kefuhub.core.answering.documents.reading;

import java.time.Duration;

/** How much of a document is read, and at what cost. */
final class Limits {
    static final int PAGES = 2_000;
    static final int CHARACTERS = 2_000_000;

    /** All that a zip may unpack to: a small file can hold a mountain of zeros. */
    static final long UNPACKED = 64L << 20;

    static final int ZIP_ENTRIES = 10_000;

    /** Of the process that reads; it dies rather than take more. */
    static final int HEAP_MB = 256;

    static final Duration TIME = Duration.ofSeconds(90);

    private Limits() {}
}
