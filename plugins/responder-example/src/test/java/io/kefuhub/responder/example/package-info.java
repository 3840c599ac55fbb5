@NullMarked
package io.kefuhub.responder.example;

import org.jspecify.annotations.NullMarked;
