/** Anthropic, played by a server on this machine. */
@NullMarked
package io.kefuhub.ai.anthropic;

import org.jspecify.annotations.NullMarked;
