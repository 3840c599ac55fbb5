/** Files that people send: checked by content, cleaned of metadata, kept under their hash and durable before they count. */
@NullMarked
package io.kefuhub.core.files;

import org.jspecify.annotations.NullMarked;
