/** Tests of the files room. */
@NullMarked
package io.kefuhub.core.files;

import org.jspecify.annotations.NullMarked;
