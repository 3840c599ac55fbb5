/** AI bots, which colleagues talk to inside WeCom: by webhook, or over a connection that the hub opens. */
@NullMarked
package io.kefuhub.channel.wecom.bot;

import org.jspecify.annotations.NullMarked;
