/** Who decided what: rows that are only ever added, in the transaction of the decision. */
@NullMarked
package io.kefuhub.core.audit;

import org.jspecify.annotations.NullMarked;
