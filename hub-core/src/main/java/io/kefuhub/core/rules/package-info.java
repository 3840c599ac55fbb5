/** Numbers by which the hub answers, which an admin may change while it runs: what there are, what they may be, what they are. */
@NullMarked
package io.kefuhub.core.rules;

import org.jspecify.annotations.NullMarked;
