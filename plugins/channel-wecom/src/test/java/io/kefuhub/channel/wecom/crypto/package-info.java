/** What proves a call of WeCom genuine and keeps it secret. */
@NullMarked
package io.kefuhub.channel.wecom.crypto;

import org.jspecify.annotations.NullMarked;
