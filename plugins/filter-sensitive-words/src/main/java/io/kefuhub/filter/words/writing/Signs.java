package io.kefuhub.filter.words.writing;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * What each character counts as: one table for a whole list, looked up once for each character of a text. Immutable.
 *
 * <p>Width, case and accents never make a difference; the rest as the list's {@link Evasions} say. Characters beyond the
 * basic plane are pictures for the most part and stand between others like signs do.
 */
public final class Signs {
    /** Shows nothing: joiners, variation selectors, combining marks. */
    public static final char INVISIBLE = 0;
    /** Stands between characters of a word without ending it: spaces, symbols, pictures. */
    public static final char SEPARATOR = 1;
    /** Ends a clause. */
    public static final char STOP = 2;

    private static final int SIGNS = 1 << 16;
    private static final String STOPS = ",.!?;:，。！？；：、…\n\r";
    private static final String LOOKS =
            "0o 1i 3e 4a 5s 7t αa βb εe ιi κk οo ρp τt υu χx γy νv аa еe оo рp сc уy хx кk мm тt нh вb іi ѕs јj";
    private static final String NUMERALS = "〇0 零0 一1 壹1 二2 贰2 三3 叁3 四4 肆4 五5 伍5 六6 陆6 七7 柒7 八8 捌8 九9 玖9";

    private final char[] folded = new char[SIGNS];
    private final char[] plain = new char[SIGNS];
    private final boolean[] lookAlike = new boolean[SIGNS];
    private final ChineseTables chinese = ChineseTables.read();

    private Signs() {}

    public static Signs of(Evasions evasions) {
        var signs = new Signs();
        for (var sign = 0; sign < SIGNS; sign++) signs.plain[sign] = signs.plain((char) sign, evasions);
        System.arraycopy(signs.plain, 0, signs.folded, 0, SIGNS);
        if (evasions.lookAlikes()) {
            var numerals = table(NUMERALS);
            var looks = table(LOOKS);
            for (var sign = 0; sign < SIGNS; sign++) signs.resemble(sign, numerals, looks);
        }
        return signs;
    }

    private char plain(char sign, Evasions evasions) {
        if (Character.isSurrogate(sign)) return evasions.separators() ? SEPARATOR : sign;
        if (isInvisible(sign)) return evasions.separators() ? INVISIBLE : sign;
        var written = sign < 0x80 ? sign : compatible(sign);
        var lower = Character.toLowerCase(written);
        if (Character.isLetterOrDigit(lower)) return evasions.traditional() ? chinese.simplified(lower) : lower;
        if (!evasions.separators()) return lower;
        return STOPS.indexOf(lower) >= 0 ? STOP : SEPARATOR;
    }

    /** The one character that it is another form of, without accents: {@code Ａ}, {@code ①}, {@code é}; else itself. */
    private static char compatible(char sign) {
        if (isOnlyItself(sign)) return sign;
        var form = Normalizer.normalize(String.valueOf(sign), Normalizer.Form.NFKD);
        if (form.isEmpty()) return sign;
        var bare = form.codePoints()
                .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
                .toArray();
        if (bare.length == 1 && bare[0] < SIGNS) return (char) bare[0];
        // Such as ⑴ and ㊀: a letter or digit in brackets.
        var inside = form.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .toArray();
        return inside.length == 1 && inside[0] < SIGNS && form.length() <= 3 ? (char) inside[0] : sign;
    }

    /** Chinese characters, Korean syllables and private ones, two thirds of all, are no other form of anything. */
    private static boolean isOnlyItself(char sign) {
        return sign >= '\u3400' && sign <= '\u9fff' || sign >= '\uac00' && sign <= '\uf8ff';
    }

    private static boolean isInvisible(char sign) {
        if (sign == '\u115f' || sign == '\u3164' || sign == '\u180e') return true;
        return switch (Character.getType(sign)) {
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            case Character.CONTROL -> !Character.isWhitespace(sign);
            default -> false;
        };
    }

    private void resemble(int sign, char[] numerals, char[] looks) {
        var read = folded[sign];
        if (numerals[read] != 0) read = numerals[read];
        if (looks[read] != 0) read = looks[read];
        if (read == folded[sign]) return;
        folded[sign] = read;
        lookAlike[sign] = true;
    }

    private static char[] table(String pairs) {
        var table = new char[SIGNS];
        for (var at = 0; at < pairs.length(); at += 3) table[pairs.charAt(at)] = pairs.charAt(at + 1);
        return table;
    }

    /** What a character counts as: another character, or one of the three that count as none. */
    public char fold(char sign) {
        return folded[sign];
    }

    /** The same, but nothing counts as another only because it looks like it or means the same number. */
    public char plain(char sign) {
        return plain[sign];
    }

    /** Whether a character counts as another only because it looks like it. */
    public boolean looksLike(char sign) {
        return lookAlike[sign];
    }

    /** The number of the syllable that a character is read as; 0 for what is no Chinese character. */
    public int syllableOf(char sign) {
        return chinese.syllable()[sign];
    }

    public List<String> syllables() {
        return chinese.syllables();
    }

    /** The characters of a word that count, folded. */
    public String fold(String word) {
        return counting(word, folded);
    }

    /** The characters of a word that count, each as itself. */
    public String plain(String word) {
        return counting(word, plain);
    }

    private static String counting(String word, char[] as) {
        var text = new StringBuilder(word.length());
        for (var at = 0; at < word.length(); at++) {
            var sign = as[word.charAt(at)];
            if (sign > STOP) text.append(sign);
        }
        return text.toString();
    }
}
