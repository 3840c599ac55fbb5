/** Web calls and sockets that the hub hands to a plugin. */
@NullMarked
package io.kefuhub.api.web;

import org.jspecify.annotations.NullMarked;
