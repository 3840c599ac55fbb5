/** What admins let the hub say in other words, at a desk and in a language. */
@NullMarked
package io.kefuhub.core.answering.sentences;

import org.jspecify.annotations.NullMarked;
