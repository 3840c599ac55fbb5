/** The chat completions of OpenAI and of all who speak like it. */
@NullMarked
package io.kefuhub.ai.openai;

import org.jspecify.annotations.NullMarked;
