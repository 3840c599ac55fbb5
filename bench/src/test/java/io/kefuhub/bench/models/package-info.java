@NullMarked
package io.kefuhub.bench.models;

import org.jspecify.annotations.NullMarked;
