@NullMarked
package io.kefuhub.channel.feishu.message;

import org.jspecify.annotations.NullMarked;
