/** Calls of the platform: the token, its pace, its answers and what they mean. */
@NullMarked
package io.kefuhub.channel.feishu.api;

import org.jspecify.annotations.NullMarked;
