/** Asking a model. */
@NullMarked
package io.kefuhub.api.ai;

import org.jspecify.annotations.NullMarked;
