/** One exchange with a model over HTTP, whatever its language: sending, reading as it comes, telling what became of it. */
@NullMarked
package io.kefuhub.ai.exchange;

import org.jspecify.annotations.NullMarked;
