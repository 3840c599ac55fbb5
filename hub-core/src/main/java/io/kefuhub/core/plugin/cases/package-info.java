/** Golden cases: examples of what a plugin's contributions do, which travel with it and are asked before it goes live. */
@NullMarked
package io.kefuhub.core.plugin.cases;

import org.jspecify.annotations.NullMarked;
