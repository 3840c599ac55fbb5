@NullMarked
package io.kefuhub.bench.budget;

import org.jspecify.annotations.NullMarked;
