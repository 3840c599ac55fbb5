/** Tests of the agents' side, over real HTTP and a real database. */
@NullMarked
package io.kefuhub.core.desk;

import org.jspecify.annotations.NullMarked;
