/** Tests of the web server, over real HTTP. */
@NullMarked
package io.kefuhub.core.web;

import org.jspecify.annotations.NullMarked;
