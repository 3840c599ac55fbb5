package io.kefuhub.filter.privacy.finding;

/**
 * Personal data that is a number.
 *
 * @param last the last group of digits that it takes
 */
record Run(Kind kind, int from, int to, int last) {
    Found found() {
        return new Found(kind, from, to);
    }
}
