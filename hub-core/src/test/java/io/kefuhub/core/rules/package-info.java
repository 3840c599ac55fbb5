@NullMarked
package io.kefuhub.core.rules;

import org.jspecify.annotations.NullMarked;
