/** Tests of the frames and of both codecs. */
@NullMarked
package io.kefuhub.channel.web.frame;

import org.jspecify.annotations.NullMarked;
