/** What models cost: prices, budgets that cannot be overshot, and the books. */
@NullMarked
package io.kefuhub.core.models.money;

import org.jspecify.annotations.NullMarked;
