/** Who works here: people, their roles, passwords and sessions. */
@NullMarked
package io.kefuhub.core.access;

import org.jspecify.annotations.NullMarked;
