/** Answers that are made once for all who ask the same. */
@NullMarked
package io.kefuhub.core.answering.ai.cache;

import org.jspecify.annotations.NullMarked;
