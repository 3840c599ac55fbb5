/** How customers reach the hub and how replies reach them. */
@NullMarked
package io.kefuhub.api.channel;

import org.jspecify.annotations.NullMarked;
