@NullMarked
package io.kefuhub.core.models.screening;

import org.jspecify.annotations.NullMarked;
