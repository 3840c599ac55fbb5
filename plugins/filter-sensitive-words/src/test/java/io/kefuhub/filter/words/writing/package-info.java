@NullMarked
package io.kefuhub.filter.words.writing;

import org.jspecify.annotations.NullMarked;
