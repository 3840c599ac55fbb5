@NullMarked
package io.kefuhub.core.delivery;

import org.jspecify.annotations.NullMarked;
