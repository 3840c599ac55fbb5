@NullMarked
package io.kefuhub.filter.privacy;

import org.jspecify.annotations.NullMarked;
