/** Ollama, played by a server on this machine. */
@NullMarked
package io.kefuhub.ai.ollama;

import org.jspecify.annotations.NullMarked;
