/** What models cost: price rows, currencies, and what a call comes to. */
@NullMarked
package io.kefuhub.core.models.money.price;

import org.jspecify.annotations.NullMarked;
