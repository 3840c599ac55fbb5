/** Tests of sign-in and people, over real HTTP and a real database. */
@NullMarked
package io.kefuhub.core.access;

import org.jspecify.annotations.NullMarked;
