/** What may pass: the chain of filters, their order, and what a failure means. */
@NullMarked
package io.kefuhub.core.filtering;

import org.jspecify.annotations.NullMarked;
