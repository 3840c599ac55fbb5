/** What was asked of models and what it cost, counted for people. */
@NullMarked
package io.kefuhub.core.models.money.usage;

import org.jspecify.annotations.NullMarked;
