package io.kefuhub.core.plugin;

import org.jspecify.annotations.Nullable;

/** A question as foreign code may answer it: with anything, null included, or by throwing. */
@FunctionalInterface
interface Question<T> {
    @Nullable
    T ask() throws Exception;
}
