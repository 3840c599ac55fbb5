/** Conversations and what is said in them: one journal that writes, one store for each table, and what is live. */
@NullMarked
package io.kefuhub.core.conversation;

import org.jspecify.annotations.NullMarked;
