/** A provider that is played by a server on this machine, and what every dialect must get right with it. */
@NullMarked
package io.kefuhub.ai.exchange;

import org.jspecify.annotations.NullMarked;
