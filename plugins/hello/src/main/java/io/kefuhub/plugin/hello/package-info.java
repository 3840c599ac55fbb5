/** A plugin to copy: one filter that tags greetings. */
@NullMarked
package io.kefuhub.plugin.hello;

import org.jspecify.annotations.NullMarked;
