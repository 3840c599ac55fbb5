@NullMarked
package io.kefuhub.core.answering.passages;

import org.jspecify.annotations.NullMarked;
