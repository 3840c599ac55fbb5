/** The web chat: a widget for any site, its HTTP calls and its sockets. */
@NullMarked
package io.kefuhub.channel.web;

import org.jspecify.annotations.NullMarked;
