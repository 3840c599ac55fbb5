/** Finds many words in a text in one pass, however they are written. */
@NullMarked
package io.kefuhub.filter.words.matching;

import org.jspecify.annotations.NullMarked;
