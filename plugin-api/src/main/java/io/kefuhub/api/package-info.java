/** What a plugin is made of: its contributions, their settings, and what the hub lends them. */
@NullMarked
package io.kefuhub.api;

import org.jspecify.annotations.NullMarked;
