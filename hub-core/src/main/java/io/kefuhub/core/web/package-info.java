/** The hub's web server: who may call what, what an error looks like, and the console's files. */
@NullMarked
package io.kefuhub.core.web;

import org.jspecify.annotations.NullMarked;
