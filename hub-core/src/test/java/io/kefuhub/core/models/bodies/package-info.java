@NullMarked
package io.kefuhub.core.models.bodies;

import org.jspecify.annotations.NullMarked;
