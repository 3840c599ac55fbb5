@NullMarked
package io.kefuhub.core.models.money.usage;

import org.jspecify.annotations.NullMarked;
