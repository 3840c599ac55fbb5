/** The responder that asks models: what it asks, what it believes, and what it does when no model may answer. */
@NullMarked
package io.kefuhub.core.answering.ai;

import org.jspecify.annotations.NullMarked;
