package io.kefuhub.filter.words.writing;

/**
 * What makes no difference to a list.
 *
 * @param traditional traditional characters count as simplified ones
 * @param lookAlikes digits, Greek and Cyrillic letters count as the Latin letters they look like; numerals as digits
 * @param separators spaces, signs and pictures between the characters of a word do not count
 * @param repeats a character said again and again counts once
 * @param pinyin a character may be spelled in Latin letters
 * @param initials a word may be given by the first letters of its syllables
 */
public record Evasions(
        boolean traditional,
        boolean lookAlikes,
        boolean separators,
        boolean repeats,
        boolean pinyin,
        boolean initials) {
    public static final Evasions ALL = new Evasions(true, true, true, true, true, true);

    /** Only width and case make no difference. */
    public static final Evasions NONE = new Evasions(false, false, false, false, false, false);
}
