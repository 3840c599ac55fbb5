/** Breaks a hub under load and proves afterwards, message by message, what it has kept. */
@NullMarked
package io.kefuhub.bench.proof;

import org.jspecify.annotations.NullMarked;
