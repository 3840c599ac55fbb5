/** Tests of the config room. */
@NullMarked
package io.kefuhub.core.config;

import org.jspecify.annotations.NullMarked;
