/** How the hub is: health, readiness and metrics. */
@NullMarked
package io.kefuhub.core.telemetry;

import org.jspecify.annotations.NullMarked;
