/** Translating what people say. */
@NullMarked
package io.kefuhub.api.translate;

import org.jspecify.annotations.NullMarked;
