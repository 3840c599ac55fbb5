/** Tests of the responder that asks models. */
@NullMarked
package io.kefuhub.core.answering.ai;

import org.jspecify.annotations.NullMarked;
