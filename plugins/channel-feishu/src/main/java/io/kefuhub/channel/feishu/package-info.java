/** Feishu and Lark as one channel: what an admin enters, and who does what. */
@NullMarked
package io.kefuhub.channel.feishu;

import org.jspecify.annotations.NullMarked;
