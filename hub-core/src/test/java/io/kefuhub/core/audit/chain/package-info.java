@NullMarked
package io.kefuhub.core.audit.chain;

import org.jspecify.annotations.NullMarked;
