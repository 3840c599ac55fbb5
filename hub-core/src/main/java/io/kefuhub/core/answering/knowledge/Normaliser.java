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
    private static final String LEADING = " ,!?;:。、~…'\"“”()[]【】《》";
    private static final String CLOSING = " .,!?;:。、~…—-·'\"“”()[]【】《》";

    // What an opening may begin with, and an ending end with: most questions need no more than that look.
    private static final String OPENINGS_ZH = "客亲老店掌你您哈嗨在有早上中下晚请问我想要咨了打麻劳不那";
    private static final String OPENINGS_EN = "hdgesqjpcwktimo";
    private static final String ENDINGS_ZH = "谢你您啦了哦哈托啊呀吗吧噢喔呗咧诶哎么嘛呢";
    private static final String ENDINGS_EN = "uhstexyz";
    private static final int LONGEST_ENDING = 24;

    private static final Pattern OPENING_ZH = Pattern.compile("(?:(?:客服|亲爱的|老板|店家|掌柜)?[你您]们?好[呀啊哦]?|哈[喽啰罗]|嗨|"
            + "在[吗么不](?:在)?|有人在?[吗么]|亲+(?=[,，\\s请我你您想])|早上好|上午好|中午好|下午好|晚上好|"
            + "请?问(?:一?下|一个问题)|请问|我?(?:想|要)(?:要)?(?:请?问|咨询|了解|知道)(?:一?下)?|(?:咨询|了解|打听)(?:一?下)|"
            + "麻烦(?:你|您)?(?:问|帮我?看|看|告诉我)?(?:一?下)?|打扰(?:一?下|了)|不好意思|劳驾|那个(?=[,，\\s]))");
    private static final Pattern OPENING_EN =
            Pattern.compile("(?:hi there|hello there|hi|hello|hey|dear (?:team|sir|madam|support)|"
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
        var text = unrepeated(spaced(plain(question)));
        while (true) {
            var shorter = shorten(text);
            if (shorter.isEmpty() || shorter.equals(text)) return text;
            text = shorter;
        }
    }

    /** One width, one case, nothing invisible, no emoji; words and punctuation stay. */
    static String plain(String text) {
        var one = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        if (!isOrdinary(one)) {
            one = INVISIBLE.matcher(one).replaceAll("");
            one = EMOJI.matcher(one).replaceAll(" ");
        }
        return one.replace('’', '\'');
    }

    /** Whether a text holds only signs that are neither invisible nor emoji, as almost every text does. */
    private static boolean isOrdinary(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var ordinary = (c >= 0x4E00 && c <= 0x9FFF)
                    || (c >= ' ' && c <= '~')
                    || (c >= 0xC0 && c <= 0x24F)
                    || (c >= 0x3001 && c <= 0x3029)
                    || (c >= 0x3041 && c <= 0x30FF)
                    || c == '\n'
                    || c == '…'
                    || (c >= '‘' && c <= '”');
            if (!ordinary) return false;
        }
        return true;
    }

    private static String spaced(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var odd = c == ' '
                    ? i > 0 && text.charAt(i - 1) == ' '
                    : Character.isWhitespace(c) || Character.isSpaceChar(c);
            if (odd) return SPACE.matcher(text).replaceAll(" ").strip();
        }
        return text.strip();
    }

    private static String unrepeated(String text) {
        for (var i = 1; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == text.charAt(i - 1) && !Character.isLetterOrDigit(c)) {
                return REPEATED.matcher(text).replaceAll("$1");
            }
        }
        return text;
    }

    private static String shorten(String text) {
        var bare = withoutLeading(withoutClosing(text));
        bare = withoutOpening(OPENING_ZH, OPENINGS_ZH, bare);
        bare = withoutOpening(OPENING_EN, OPENINGS_EN, bare);
        bare = withoutEnding(ENDING_ZH, ENDINGS_ZH, bare);
        return withoutEnding(ENDING_EN, ENDINGS_EN, bare).strip();
    }

    private static String withoutLeading(String text) {
        var from = 0;
        while (from < text.length() && LEADING.indexOf(text.charAt(from)) >= 0) from++;
        return text.substring(from);
    }

    private static String withoutClosing(String text) {
        var end = text.length();
        while (end > 0 && CLOSING.indexOf(text.charAt(end - 1)) >= 0) end--;
        return text.substring(0, end);
    }

    private static String withoutOpening(Pattern opening, String firsts, String text) {
        if (text.isEmpty() || firsts.indexOf(text.charAt(0)) < 0) return text;
        var found = opening.matcher(text);
        return found.lookingAt() ? keptUnlessEmpty(text.substring(found.end()), text) : text;
    }

    private static String withoutEnding(Pattern ending, String lasts, String text) {
        if (text.isEmpty() || lasts.indexOf(text.charAt(text.length() - 1)) < 0) return text;
        var found = ending.matcher(text)
                .region(Math.max(0, text.length() - LONGEST_ENDING), text.length())
                .useTransparentBounds(true)
                .useAnchoringBounds(false);
        return found.find() ? keptUnlessEmpty(text.substring(0, found.start()), text) : text;
    }

    private static String keptUnlessEmpty(String rest, String text) {
        return withoutClosing(rest).isBlank() ? text : rest;
    }
}
