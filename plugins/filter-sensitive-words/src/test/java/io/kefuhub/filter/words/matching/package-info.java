@NullMarked
package io.kefuhub.filter.words.matching;

import org.jspecify.annotations.NullMarked;
