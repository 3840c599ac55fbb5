/** Programs that ask models, over real sockets. */
@NullMarked
package io.kefuhub.core.gateway;

import org.jspecify.annotations.NullMarked;
