/** Ollama's own API. */
@NullMarked
package io.kefuhub.ai.ollama;

import org.jspecify.annotations.NullMarked;
