/** Calls out of the hub: only to hosts an admin allowed, within time limits. The only package that knows OkHttp. */
@NullMarked
package io.kefuhub.core.http;

import org.jspecify.annotations.NullMarked;
