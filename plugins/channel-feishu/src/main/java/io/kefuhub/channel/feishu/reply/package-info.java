/** What the hub says, as texts, posts and cards. */
@NullMarked
package io.kefuhub.channel.feishu.reply;

import org.jspecify.annotations.NullMarked;
