/** Tests of turning what a customer asked into an answer. */
@NullMarked
package io.kefuhub.core.answering;

import org.jspecify.annotations.NullMarked;
