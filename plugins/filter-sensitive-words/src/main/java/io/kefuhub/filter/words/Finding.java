package io.kefuhub.filter.words;

import io.kefuhub.filter.words.list.Entry;

/** A listed word in a text: which, and from where to where. */
record Finding(Entry entry, int from, int to) {}
