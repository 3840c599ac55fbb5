@NullMarked
package io.kefuhub.channel.feishu.reply;

import org.jspecify.annotations.NullMarked;
