/**
 * What a document says, block by block. Files are foreign bytes, so they are read by a process of its own, with a small
 * heap and little time; nothing of it runs in the hub.
 */
@NullMarked
package io.kefuhub.core.answering.documents.reading;

import org.jspecify.annotations.NullMarked;
