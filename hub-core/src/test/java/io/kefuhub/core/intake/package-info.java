@NullMarked
package io.kefuhub.core.intake;

import org.jspecify.annotations.NullMarked;
