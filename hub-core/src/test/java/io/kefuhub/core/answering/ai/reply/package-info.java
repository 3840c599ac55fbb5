/** Tests of the responder that asks models. */
@NullMarked
package io.kefuhub.core.answering.ai.reply;

import org.jspecify.annotations.NullMarked;
