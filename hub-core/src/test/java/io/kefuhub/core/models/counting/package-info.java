@NullMarked
package io.kefuhub.core.models.counting;

import org.jspecify.annotations.NullMarked;
