/** Tests of the responder that asks models. */
@NullMarked
package io.kefuhub.core.answering.ai.cache;

import org.jspecify.annotations.NullMarked;
