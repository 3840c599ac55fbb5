/** Tests of finding, keeping, importing and answering from knowledge. */
@NullMarked
package io.kefuhub.core.answering.knowledge;

import org.jspecify.annotations.NullMarked;
