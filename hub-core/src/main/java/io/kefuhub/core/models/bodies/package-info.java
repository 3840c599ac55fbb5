/** What models were asked and what they answered, word for word: kept encrypted, for some days, for owners and auditors. */
@NullMarked
package io.kefuhub.core.models.bodies;

import org.jspecify.annotations.NullMarked;
