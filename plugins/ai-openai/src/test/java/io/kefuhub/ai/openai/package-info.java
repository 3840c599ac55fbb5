/** OpenAI and those who speak like it, played by a server on this machine. */
@NullMarked
package io.kefuhub.ai.openai;

import org.jspecify.annotations.NullMarked;
