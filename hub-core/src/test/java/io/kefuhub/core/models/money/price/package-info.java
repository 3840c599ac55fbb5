@NullMarked
package io.kefuhub.core.models.money.price;

import org.jspecify.annotations.NullMarked;
