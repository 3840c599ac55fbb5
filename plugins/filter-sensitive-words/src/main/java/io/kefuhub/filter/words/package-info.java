/** The filter that keeps listed words out of conversations, and its settings. */
@NullMarked
package io.kefuhub.filter.words;

import org.jspecify.annotations.NullMarked;
