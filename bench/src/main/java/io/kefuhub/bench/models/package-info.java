/** What models cost in time when they are asked through the hub, and what comes of it when they are down. */
@NullMarked
package io.kefuhub.bench.models;

import org.jspecify.annotations.NullMarked;
