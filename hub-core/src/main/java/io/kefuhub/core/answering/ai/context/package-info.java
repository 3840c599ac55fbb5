/** What a model is told of a conversation, so that it stays within its budget and forgets nothing that matters. */
@NullMarked
package io.kefuhub.core.answering.ai.context;

import org.jspecify.annotations.NullMarked;
