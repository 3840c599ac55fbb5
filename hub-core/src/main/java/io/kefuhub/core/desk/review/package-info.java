/** What filters keep until a person has looked: who looks, what they see, what they decide. */
@NullMarked
package io.kefuhub.core.desk.review;

import org.jspecify.annotations.NullMarked;
