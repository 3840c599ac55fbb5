/** Judging a message before it goes on. */
@NullMarked
package io.kefuhub.api.filter;

import org.jspecify.annotations.NullMarked;
