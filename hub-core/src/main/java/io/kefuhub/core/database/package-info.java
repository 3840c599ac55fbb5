/** The one store of truth: PostgreSQL, whether the hub brings it or is given it, and the ways to read and write it. */
@NullMarked
package io.kefuhub.core.database;

import org.jspecify.annotations.NullMarked;
