/** Gemini, played by a server on this machine. */
@NullMarked
package io.kefuhub.ai.gemini;

import org.jspecify.annotations.NullMarked;
