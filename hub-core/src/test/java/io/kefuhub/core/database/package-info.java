/** Tests of the database room, and the databases of everybody's tests. */
@NullMarked
package io.kefuhub.core.database;

import org.jspecify.annotations.NullMarked;
