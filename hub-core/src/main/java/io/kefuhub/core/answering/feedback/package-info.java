/** What agents think of answers, and what should have been said instead. */
@NullMarked
package io.kefuhub.core.answering.feedback;

import org.jspecify.annotations.NullMarked;
