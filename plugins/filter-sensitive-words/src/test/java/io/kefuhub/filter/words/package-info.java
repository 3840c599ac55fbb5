@NullMarked
package io.kefuhub.filter.words;

import org.jspecify.annotations.NullMarked;
