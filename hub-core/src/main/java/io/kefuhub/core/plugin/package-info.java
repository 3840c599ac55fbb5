/** What is plugged in now, and the one door into its code. */
@NullMarked
package io.kefuhub.core.plugin;

import org.jspecify.annotations.NullMarked;
