/** Looking up who a customer is. */
@NullMarked
package io.kefuhub.api.directory;

import org.jspecify.annotations.NullMarked;
