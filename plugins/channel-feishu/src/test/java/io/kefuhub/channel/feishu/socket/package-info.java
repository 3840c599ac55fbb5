@NullMarked
package io.kefuhub.channel.feishu.socket;

import org.jspecify.annotations.NullMarked;
