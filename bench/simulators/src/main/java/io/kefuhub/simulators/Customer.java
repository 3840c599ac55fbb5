package io.kefuhub.simulators;

/** Somebody on the platform's side. The id is the platform's name for him on that surface. */
public record Customer(String surface, String id, String name) {}
