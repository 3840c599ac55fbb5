/** What models cost in time when they are asked through the hub; see bench/README.md. */
@NullMarked
package io.kefuhub.bench.models;

import org.jspecify.annotations.NullMarked;
