/** What an admin sets outside the hub, the hub's own folders, and the key that keeps its secrets. */
@NullMarked
package io.kefuhub.core.config;

import org.jspecify.annotations.NullMarked;
