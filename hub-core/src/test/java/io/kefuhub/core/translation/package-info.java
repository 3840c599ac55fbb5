@NullMarked
package io.kefuhub.core.translation;

import org.jspecify.annotations.NullMarked;
