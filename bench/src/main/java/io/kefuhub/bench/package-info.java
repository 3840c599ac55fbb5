/** Loads a packaged hub with customers of the web chat and counts what becomes of their questions. */
@NullMarked
package io.kefuhub.bench;

import org.jspecify.annotations.NullMarked;
