package io.kefuhub.core.models.catalogue;

import io.kefuhub.core.web.Words;

/** Why something cannot be as it is wanted. Immutable. */
public record Flaw(String field, Words words) {}
