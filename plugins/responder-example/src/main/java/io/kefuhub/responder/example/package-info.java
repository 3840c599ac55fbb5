/** A responder to copy: answers what it knows by rule, and asks a model for the rest. */
@NullMarked
package io.kefuhub.responder.example;

import org.jspecify.annotations.NullMarked;
