@NullMarked
package io.kefuhub.core.answering.documents.reading;

import org.jspecify.annotations.NullMarked;
