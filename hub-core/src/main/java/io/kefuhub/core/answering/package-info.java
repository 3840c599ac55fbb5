/** Turns what a customer asked into an answer: turns, the ordered responders, and what they draw on. */
@NullMarked
package io.kefuhub.core.answering;

import org.jspecify.annotations.NullMarked;
