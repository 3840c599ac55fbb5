/** Tests of the tokens, tickets and signatures. */
@NullMarked
package io.kefuhub.channel.web.identity;

import org.jspecify.annotations.NullMarked;
