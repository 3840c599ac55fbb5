package io.kefuhub.core.answering.knowledge;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The bare form of a question: two questions with one bare form ask the same.
 *
 * <p>Width, case, white space, zero-width signs, emoji, greetings, politeness, closing particles and closing
 * punctuation go; digits, negations, units and codes are never touched. Where nothing else was said, what was
 * said stays: the bare form of a greeting is the greeting.
 */
public final class Normaliser {
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cf}\\x{FE00}-\\x{FE0F}\\x{20E3}\\p{Cc}&&[^\\n\\r\\t]]");
    private static final Pattern EMOJI =
            Pattern.compile("[\\p{IsEmoji_Presentation}\\p{IsExtended_Pictographic}\\p{IsEmoji_Modifier}&&[^©®™]]");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern REPEATED = Pattern.compile("([\\p{P}~])\\1+");
    private static final String SIGNS = "[\\s.,!?;:。、~…—\\-·'\"“”()\\[\\]【】《》]";
    private static final Pattern LEADING = Pattern.compile("^[\\s,!?;:。、~…'\"“”()\\[\\]【】《》]+");
    private static final Pattern CLOSING = Pattern.compile(SIGNS + "+$");

    private static final Pattern OPENING_ZH = Pattern.compile("^(?:(?:客服|亲爱的|老板|店家|掌柜)?[你您]们?好[呀啊哦]?|哈[喽啰罗]|嗨|"
            + "在[吗么不](?:在)?|有人在?[吗么]|亲+(?=[,，\\s请我你您想])|早上好|上午好|中午好|下午好|晚上好|"
            + "请?问(?:一?下|一个问题)|请问|我?(?:想|要)(?:要)?(?:请?问|咨询|了解|知道)(?:一?下)?|(?:咨询|了解|打听)(?:一?下)|"
            + "麻烦(?:你|您)?(?:问|帮我?看|看|告诉我)?(?:一?下)?|打扰(?:一?下|了)|不好意思|劳驾|那个(?=[,，\\s]))");
    private static final Pattern OPENING_EN =
            Pattern.compile("^(?:hi there|hello there|hi|hello|hey|dear (?:team|sir|madam|support)|"
                    + "good (?:morning|afternoon|evening|day)|excuse me|sorry to bother(?: you)?|quick question|just wondering|"
                    + "(?:please |pls )?(?:can|could|would) (?:you|u) (?:please |pls |kindly )?(?:tell me|let me know|explain)|"
                    + "(?:please |pls |kindly )?(?:tell me|let me know)|i(?:'d| would) like to (?:know|ask)|i (?:want|need) to (?:know|ask)|"
                    + "i(?:'m| am) wondering|i was wondering|do you know|may i (?:know|ask)|can i ask|please|pls|kindly|ok so|so)"
                    + "(?=[\\s,.!?:;\\-]|$)");
    private static final Pattern ENDING_ZH =
            Pattern.compile("(?:非常感谢|十分感谢|谢谢(?:你|您|啦|了|哦|哈)*|多谢(?:了|啦)?|感谢|拜托了?|麻烦(?:了|你了|您了)|"
                    + "[啊呀吗吧哦噢喔哈呗啦咧诶哎]|(?<![什怎这那多])么|(?<!干)嘛|呢)$");
    private static final Pattern ENDING_EN = Pattern.compile(
            "(?<=^|[\\s,.!?])(?:thank you(?: (?:so|very) much)?|thanks(?: (?:a lot|so much|in advance))?|many thanks|thx|ty|cheers|please|pls|plz)$");

    private Normaliser() {}

    public static String normal(String question) {
        var text = SPACE.matcher(plain(question)).replaceAll(" ").strip();
        text = REPEATED.matcher(text).replaceAll("$1");
        while (true) {
            var shorter = shorten(text);
            if (shorter.isEmpty() || shorter.equals(text)) return text;
            text = shorter;
        }
    }

    /** One width, one case, nothing invisible, no emoji; words and punctuation stay. */
    static String plain(String text) {
        var one = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        one = INVISIBLE.matcher(one).replaceAll("");
        return EMOJI.matcher(one).replaceAll(" ").replace('’', '\'');
    }

    private static String shorten(String text) {
        var bare = CLOSING.matcher(text).replaceFirst("");
        bare = LEADING.matcher(bare).replaceFirst("");
        bare = keptUnlessEmpty(OPENING_ZH, bare);
        bare = keptUnlessEmpty(OPENING_EN, bare);
        bare = keptUnlessEmpty(ENDING_ZH, bare);
        return keptUnlessEmpty(ENDING_EN, bare).strip();
    }

    private static String keptUnlessEmpty(Pattern pattern, String text) {
        var rest = pattern.matcher(text).replaceFirst("");
        return CLOSING.matcher(rest).replaceFirst("").isBlank() ? text : rest;
    }
}
