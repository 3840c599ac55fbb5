/** What people say to each other: messages and their parts. */
@NullMarked
package io.kefuhub.api.message;

import org.jspecify.annotations.NullMarked;
