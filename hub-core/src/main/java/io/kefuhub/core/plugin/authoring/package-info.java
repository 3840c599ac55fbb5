/** What authors of plugins try them with, without a hub and its database. */
@NullMarked
package io.kefuhub.core.plugin.authoring;

import org.jspecify.annotations.NullMarked;
