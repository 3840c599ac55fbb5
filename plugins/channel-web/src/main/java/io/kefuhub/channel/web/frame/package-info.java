/** What goes over a socket, as records, and the two ways it is written. */
@NullMarked
package io.kefuhub.channel.web.frame;

import org.jspecify.annotations.NullMarked;
