@NullMarked
package io.kefuhub.filter.words.list;

import org.jspecify.annotations.NullMarked;
