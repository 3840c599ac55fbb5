/** Tests of the web chat as its clients see it. */
@NullMarked
package io.kefuhub.channel.web;

import org.jspecify.annotations.NullMarked;
