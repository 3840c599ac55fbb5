package io.kefuhub.core.answering.ai.cache;

import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Says whether a question can be understood by itself and tells nothing about who asks, so that its answer may be given to
 * others. Where that is not sure, it is not so. Pure; safe for threads.
 */
public final class Standalone {
    private static final int LEAST_HAN = 4;
    private static final int LEAST_WORDS = 3;
    private static final int LONGEST = 300;

    private static final Pattern POINTS_BACK = Pattern.compile(
            "[这那](?:个|款|种|件|单|次|些|样|边|里|时候|家|双|条|台|本)?|它|他们|她|刚才|刚刚|上面|上次|上回|上一|前面|之前|以前|下面|另外|还有|同样|一样|其他|别的|呢"
                    + "|\\b(?:it|its|this|that|those|these|they|them|he|she|above|earlier|previous(?:ly)?|before|again|same|other|else|instead|also|too|then|what about|how about|and)\\b");
    private static final Pattern PERSONAL =
            Pattern.compile("我的|我们的|我叫|我是|我姓|我在|我家|我住|本人|我(?:昨天|前天|今天|上周|刚)?(?:买|下单|订|收到|付|寄|退)了?"
                    + "|\\bmy\\b|\\bmine\\b|\\bi(?:'m| am| was| bought| ordered| paid| received| got| live)\\b|\\bour\\b"
                    + "|\\d{5,}|\\d[\\d -]{6,}\\d|[\\w.+-]+@[\\w-]+\\.|https?://|[a-z]{1,5}-?\\d{5,}"
                    + "|(?:身份证|护照|银行卡|密码|验证码)(?:是|号|为)|passport|iban");

    private Standalone() {}

    /** @param question all that was said in the turn */
    public static boolean is(Message question) {
        if (!question.parts().stream().allMatch(Part.Text.class::isInstance)) return false;
        var text = Normalizer.normalize(question.text(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        if (text.length() > LONGEST
                || pointsBack(text)
                || PERSONAL.matcher(text).find()) return false;
        var han = text.codePoints().filter(Standalone::isHan).count();
        return han >= LEAST_HAN || (han == 0 && text.strip().split("\\s+").length >= LEAST_WORDS);
    }

    /** Whether it points to something said before. */
    public static boolean pointsBack(String text) {
        return POINTS_BACK
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
                .find();
    }

    private static boolean isHan(int codePoint) {
        return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
    }
}
