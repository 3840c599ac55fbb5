@NullMarked
package io.kefuhub.core.models.money;

import org.jspecify.annotations.NullMarked;
