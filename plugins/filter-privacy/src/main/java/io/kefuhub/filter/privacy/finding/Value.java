package io.kefuhub.filter.privacy.finding;

import java.util.Locale;

/**
 * What was found, however it was written: 138-0013-8000 and +86 13800138000 are one. Immutable.
 *
 * @param bare letters, digits and characters without what stands between them
 */
public record Value(Kind kind, String bare) {
    private static final int MOBILE = 11;

    public static Value of(Kind kind, String written) {
        var folded = Folded.of(written);
        var bare = new StringBuilder(written.length());
        for (var at = 0; at < folded.length(); at++) {
            var sign = folded.at(at);
            var numeral = kind == Kind.PHONE ? Folded.numeral(sign) : -1;
            if (numeral >= 0) bare.append(numeral);
            else if (Character.isLetterOrDigit(sign) || sign == '@' || sign == '.') bare.append(sign);
        }
        return new Value(
                kind,
                kind == Kind.PHONE ? home(bare.toString()) : bare.toString().toLowerCase(Locale.ROOT));
    }

    /** Without the code of the mainland. */
    private static String home(String phone) {
        var bare = phone.replace(".", "");
        var isMobile = bare.length() > MOBILE
                && bare.startsWith("86", bare.length() - MOBILE - 2)
                && bare.charAt(bare.length() - MOBILE) == '1';
        return isMobile ? bare.substring(bare.length() - MOBILE) : bare;
    }
}
