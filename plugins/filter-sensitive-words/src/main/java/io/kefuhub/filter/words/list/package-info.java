/** Lists of words as people write and keep them: lines and tables with category, level, action, direction and last day. */
@NullMarked
package io.kefuhub.filter.words.list;

import org.jspecify.annotations.NullMarked;
