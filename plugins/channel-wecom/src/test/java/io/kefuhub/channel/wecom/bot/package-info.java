/** Tests of AI bots against servers that play WeCom. */
@NullMarked
package io.kefuhub.channel.wecom.bot;

import org.jspecify.annotations.NullMarked;
