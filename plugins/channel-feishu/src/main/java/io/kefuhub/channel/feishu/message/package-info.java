/** What customers say, put into parts of the hub. */
@NullMarked
package io.kefuhub.channel.feishu.message;

import org.jspecify.annotations.NullMarked;
