package io.kefuhub.filter.privacy.finding;

/**
 * Personal data in a text.
 *
 * @param from index of its first character
 * @param to index behind its last one
 */
public record Found(Kind kind, int from, int to) {}
