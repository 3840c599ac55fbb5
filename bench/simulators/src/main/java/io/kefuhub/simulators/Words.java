package io.kefuhub.simulators;

/** A text of the page in its two languages. */
public record Words(String en, String zh) {}
