package io.kefuhub.core.answering.documents;

import io.kefuhub.core.answering.documents.reading.Format;

/**
 * A file as somebody uploaded it.
 *
 * @param id of the stored file
 */
record Original(String id, String name, long size, Format format) {}
