/** The agents' side: the inbox, what agents do in a conversation, and the live feed of their console. */
@NullMarked
package io.kefuhub.core.desk;

import org.jspecify.annotations.NullMarked;
