/** Tests of what operators ask, over real HTTP. */
@NullMarked
package io.kefuhub.core.telemetry;

import org.jspecify.annotations.NullMarked;
