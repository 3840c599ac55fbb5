@NullMarked
package io.kefuhub.bench.proof;

import org.jspecify.annotations.NullMarked;
