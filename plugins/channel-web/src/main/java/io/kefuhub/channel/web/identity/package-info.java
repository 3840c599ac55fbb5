/** Who is on the other side: tokens, tickets and signatures. */
@NullMarked
package io.kefuhub.channel.web.identity;

import org.jspecify.annotations.NullMarked;
