/** Keeps personal data from whoever need not see it. */
@NullMarked
package io.kefuhub.filter.privacy;

import org.jspecify.annotations.NullMarked;
