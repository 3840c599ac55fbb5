/** Colleagues in WeCom, by way of an app of the corp's own. */
@NullMarked
package io.kefuhub.channel.wecom.app;

import org.jspecify.annotations.NullMarked;
