/** Proves that budgets are never overshot and that the books balance. */
@NullMarked
package io.kefuhub.bench.budget;

import org.jspecify.annotations.NullMarked;
