/** What the platform brings, opened and proved genuine before it is read. */
@NullMarked
package io.kefuhub.channel.feishu.event;

import org.jspecify.annotations.NullMarked;
