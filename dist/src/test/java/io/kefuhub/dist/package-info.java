/** Starts what an admin unpacks. */
@NullMarked
package io.kefuhub.dist;

import org.jspecify.annotations.NullMarked;
