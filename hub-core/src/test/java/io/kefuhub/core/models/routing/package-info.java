@NullMarked
package io.kefuhub.core.models.routing;

import org.jspecify.annotations.NullMarked;
