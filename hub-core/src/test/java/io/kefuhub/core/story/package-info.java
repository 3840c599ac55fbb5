/** Whole stories through a real hub, and the fakes of the outside they need. */
@NullMarked
package io.kefuhub.core.story;

import org.jspecify.annotations.NullMarked;
