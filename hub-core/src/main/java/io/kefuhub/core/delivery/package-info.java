/** What goes out: the one door for replies, and the courier that hands them to platforms. */
@NullMarked
package io.kefuhub.core.delivery;

import org.jspecify.annotations.NullMarked;
