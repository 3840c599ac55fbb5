/** The Gemini API. */
@NullMarked
package io.kefuhub.ai.gemini;

import org.jspecify.annotations.NullMarked;
