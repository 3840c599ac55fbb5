package io.kefuhub.ai.exchange;

/** Marks a dialect whose answers are lines of JSON, and no event stream. */
public interface SpeaksInLines {}
