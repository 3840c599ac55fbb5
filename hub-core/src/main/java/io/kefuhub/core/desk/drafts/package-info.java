/** Words that a model proposes to agents: the agent reads, changes and sends them, or not. */
@NullMarked
package io.kefuhub.core.desk.drafts;

import org.jspecify.annotations.NullMarked;
