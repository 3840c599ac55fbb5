/** The Anthropic Messages API. */
@NullMarked
package io.kefuhub.ai.anthropic;

import org.jspecify.annotations.NullMarked;
