package io.kefuhub.filter.privacy.finding;

/**
 * A text with each character as it is compared: one width, one sort of digits, dashes and spaces, and simplified where a
 * word is looked for. As long as the text itself, so that places are the same in both. Immutable.
 */
final class Folded {
    /** What shows nothing. */
    static final char NOTHING = '\u200b';

    private static final String TRADITIONAL = "號樓棟區縣鄉鎮廣場廈單層園灣臺東門訂編運遞貨條碼護證電話聯係繫機帳賬戶銀傳達蘇滬豫遼魯贛閩貴寧陝藏雲瓊";
    private static final String SIMPLIFIED = "号楼栋区县乡镇广场厦单层园湾台东门订编运递货条码护证电话联系系机账账户银传达苏沪豫辽鲁赣闽贵宁陕藏云琼";
    private static final String NUMERALS = "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖";
    private static final String VALUES = "001234567891123456789";
    private static final int WIDE = 0xFEE0;

    private final char[] signs;

    private Folded(char[] signs) {
        this.signs = signs;
    }

    /** Whether there can be anything in a text at all; looks at each character once and makes nothing. */
    static boolean isWorthALook(String text) {
        for (var at = 0; at < text.length(); at++) {
            var sign = text.charAt(at);
            if (sign < 0x80 ? sign <= '@' && (sign == '@' || isDigit(sign)) : isTelling(sign)) return true;
        }
        return false;
    }

    private static boolean isTelling(char sign) {
        return switch (sign) {
            case '省', '市', '县', '縣', '＠' -> true;
            default -> Character.isDigit(sign) || numeral(sign) >= 0;
        };
    }

    static Folded of(String text) {
        var signs = text.toCharArray();
        for (var at = 0; at < signs.length; at++) {
            if (signs[at] >= 0x80) signs[at] = folded(signs[at]);
        }
        return new Folded(signs);
    }

    private static char folded(char sign) {
        if (sign == '，') return sign;
        if (sign >= '\uFF01' && sign <= '\uFF5E') return (char) (sign - WIDE);
        if (sign >= '\u4E00' && sign <= '\u9FFF') {
            var at = TRADITIONAL.indexOf(sign);
            return at < 0 ? sign : SIMPLIFIED.charAt(at);
        }
        return switch (sign) {
            case '\u00A0', '\u2002', '\u2003', '\u2004', '\u2005', '\u2007', '\u2009', '\u202F', '\u3000' -> ' ';
            case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\uFE63', '\u2043' -> '-';
            case '\u00B7', '\u2022', '\u2027', '\u30FB', '\uFF65' -> '·';
            case '\u00AD', '\u200C', '\u200D', '\u200E', '\u200F', '\u2060', '\uFE0F', '\uFEFF', '\u20E3' -> NOTHING;
            default -> Character.isDigit(sign) ? (char) ('0' + Character.digit(sign, 10)) : sign;
        };
    }

    int length() {
        return signs.length;
    }

    /** The character at a place; one that shows nothing where there is none. */
    char at(int place) {
        return place < 0 || place >= signs.length ? NOTHING : signs[place];
    }

    String text(int from, int to) {
        return new String(signs, from, to - from);
    }

    boolean has(String word, int from) {
        if (from < 0 || from + word.length() > signs.length) return false;
        for (var at = 0; at < word.length(); at++) {
            if (signs[from + at] != word.charAt(at)) return false;
        }
        return true;
    }

    boolean endsWith(String word, int to) {
        return has(word, to - word.length());
    }

    boolean isWordSign(int place) {
        var sign = at(place);
        return isDigit(sign) || isLetter(sign);
    }

    static boolean isDigit(char sign) {
        return sign >= '0' && sign <= '9';
    }

    static boolean isLetter(char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
    }

    static boolean isHan(char sign) {
        return (sign >= '\u4E00' && sign <= '\u9FFF') || (sign >= '\u3400' && sign <= '\u4DBF') || sign == '〇';
    }

    /** The value of a Chinese numeral that is read out digit by digit; -1 for what is none. */
    static int numeral(char sign) {
        var at = NUMERALS.indexOf(sign);
        return at < 0 ? -1 : VALUES.charAt(at) - '0';
    }
}
