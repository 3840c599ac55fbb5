package io.kefuhub.filter.words.matching;

/**
 * A listed word in a text.
 *
 * @param word its number in the list
 * @param from where it begins in the text as it was written
 * @param to behind its last character
 */
public record Hit(int word, int from, int to) {}
