/** Everybody in their own language: what is spoken, who translates it, and the proof that nothing was altered. */
@NullMarked
package io.kefuhub.core.translation;

import org.jspecify.annotations.NullMarked;
