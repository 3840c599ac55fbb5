/** Files that a desk answers from: taken in, read, cut into pieces, shown and found. */
@NullMarked
package io.kefuhub.core.answering.documents;

import org.jspecify.annotations.NullMarked;
