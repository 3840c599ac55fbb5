/** Everything that comes in: webhooks, pulling, listening, and the live sockets of web-facing channels. */
@NullMarked
package io.kefuhub.core.intake;

import org.jspecify.annotations.NullMarked;
