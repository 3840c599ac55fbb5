/** How the same word can be written: widths, scripts, look-alikes, signs between its characters, pinyin. */
@NullMarked
package io.kefuhub.filter.words.writing;

import org.jspecify.annotations.NullMarked;
