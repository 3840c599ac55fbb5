/** What a model replied: read while it grows, and believed as far as it can be shown to be so. */
@NullMarked
package io.kefuhub.core.answering.ai.reply;

import org.jspecify.annotations.NullMarked;
