@NullMarked
package io.kefuhub.channel.feishu.event;

import org.jspecify.annotations.NullMarked;
