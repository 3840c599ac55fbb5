/** Customers in WeChat and colleagues in WeCom. */
@NullMarked
package io.kefuhub.channel.wecom;

import org.jspecify.annotations.NullMarked;
