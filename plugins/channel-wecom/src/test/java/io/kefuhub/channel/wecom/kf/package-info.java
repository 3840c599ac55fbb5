/** Customers in WeChat, by way of WeCom's customer service. */
@NullMarked
package io.kefuhub.channel.wecom.kf;

import org.jspecify.annotations.NullMarked;
