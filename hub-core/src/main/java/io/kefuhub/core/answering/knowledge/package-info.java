/** The questions a desk has answers for, and finding the right one without a model. */
@NullMarked
package io.kefuhub.core.answering.knowledge;

import org.jspecify.annotations.NullMarked;
