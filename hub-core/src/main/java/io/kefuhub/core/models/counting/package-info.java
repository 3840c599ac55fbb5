/** How many tokens something has, and how far models' own counts differ from that. */
@NullMarked
package io.kefuhub.core.models.counting;

import org.jspecify.annotations.NullMarked;
