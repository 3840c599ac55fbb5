/** Tests of waiting for what nearly always comes in time. */
@NullMarked
package io.kefuhub.core.waiting;

import org.jspecify.annotations.NullMarked;
