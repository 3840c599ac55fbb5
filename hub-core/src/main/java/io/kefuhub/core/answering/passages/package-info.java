/** What a desk's knowledge says near a question: entries and pieces of documents, by their words and by their meaning. */
@NullMarked
package io.kefuhub.core.answering.passages;

import org.jspecify.annotations.NullMarked;
