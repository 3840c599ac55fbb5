@NullMarked
package io.kefuhub.core.answering.documents;

import org.jspecify.annotations.NullMarked;
