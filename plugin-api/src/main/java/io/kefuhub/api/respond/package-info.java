/** Answering a customer's turn. */
@NullMarked
package io.kefuhub.api.respond;

import org.jspecify.annotations.NullMarked;
