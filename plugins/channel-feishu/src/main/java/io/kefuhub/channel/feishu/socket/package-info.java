/** The long connection, for hubs that have no public address. */
@NullMarked
package io.kefuhub.channel.feishu.socket;

import org.jspecify.annotations.NullMarked;
