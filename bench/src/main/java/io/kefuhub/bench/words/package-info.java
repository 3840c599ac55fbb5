/** What looking for sensitive words costs, against a library that does it too. */
@NullMarked
package io.kefuhub.bench.words;

import org.jspecify.annotations.NullMarked;
