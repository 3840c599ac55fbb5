@NullMarked
package io.kefuhub.channel.feishu.api;

import org.jspecify.annotations.NullMarked;
