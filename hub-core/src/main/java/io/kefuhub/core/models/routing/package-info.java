/** The way of a question to a model: which deployment, under which limits, how often and for how long. */
@NullMarked
package io.kefuhub.core.models.routing;

import org.jspecify.annotations.NullMarked;
