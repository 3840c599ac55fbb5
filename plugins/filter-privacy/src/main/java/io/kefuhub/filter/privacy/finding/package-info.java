/** Finding personal data in what people write; the time it takes grows with the text and no faster. */
@NullMarked
package io.kefuhub.filter.privacy.finding;

import org.jspecify.annotations.NullMarked;
