@NullMarked
package io.kefuhub.core.filtering;

import org.jspecify.annotations.NullMarked;
