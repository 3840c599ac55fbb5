/** How WeCom is asked: its tokens, its calls, its files and its refusals. */
@NullMarked
package io.kefuhub.channel.wecom.api;

import org.jspecify.annotations.NullMarked;
