package io.kefuhub.core.answering.ai.context;

import io.kefuhub.core.answering.ai.context.Fact.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds facts in what was said, by patterns. Pure; safe for threads. */
final class FactPatterns {
    private static final int LONGEST = 4_000;
    private static final int LONGEST_PROMISE = 100;

    private static final Pattern PHONE = Pattern.compile(
            "(?<![\\w-])(?:(?:\\+?86[- ]?)?1[3-9]\\d[- ]?\\d{4}[- ]?\\d{4}|0\\d{2,3}-\\d{7,8}|\\+\\d{1,3}[- ]?\\d[\\d -]{5,13}\\d)(?![\\w-])");
    /** What is one where nobody called it an order. */
    private static final Pattern BARE_PHONE =
            Pattern.compile("(?<![\\w-])(?:0086[- ]?1[3-9]\\d{9}|0[1-9]\\d{1,2}[- ]?\\d{7,8})(?![\\w-])");

    private static final Pattern AMOUNT = Pattern.compile(
            "(?:[¥￥$€£]|(?<![A-Za-z])(?:RMB|CNY|USD|EUR) ?)\\s?\\d[\\d,]*(?:\\.\\d+)?|(?<![\\d.])\\d[\\d,]*(?:\\.\\d+)?\\s?(?:元|块钱|块|万元|美元|欧元|RMB|CNY|USD|EUR|dollars?|yuan|euros?)(?![A-Za-z])");
    private static final Pattern DATE = Pattern.compile(
            "(?<!\\d)(?:\\d{4}\\s?[-/.年]\\s?\\d{1,2}\\s?[-/.月]\\s?\\d{1,2}[日号]?|\\d{1,2}月\\d{1,2}[日号]?)(?!\\d)"
                    + "|(?<![A-Za-z])(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.? \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?(?!\\d)"
                    + "|(?<!\\d)\\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|October|November|December)(?:,? \\d{4})?");
    private static final Pattern NAMED_ORDER = Pattern.compile(
            "(?i)(?:订单|订單|单号|單號|运单|快递单|物流单|退款单|售后单|order|tracking|parcel|waybill|ticket)(?:号码|号|編號|编号|number|no\\.?|id)?\\s?(?:是|为|is|was|:|：|#|号)*\\s*#?([A-Za-z]{0,5}-?\\d[A-Za-z0-9-]{4,30})");
    private static final Pattern ORDER =
            Pattern.compile("(?<![\\w-])(?:[A-Za-z]{1,5}-?\\d{6,24}(?:-\\d{1,6})?|\\d{10,24})(?![\\w-])");
    private static final Pattern PRODUCT = Pattern.compile(
            "(?<![\\w·京津沪渝冀豫辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使-])(?:[A-Z]{1,6}-?\\d{2,5}[A-Z]{0,4}|[A-Z]{2,6}-[A-Z0-9]{2,8})(?![\\w-])");
    private static final Pattern SENTENCE = Pattern.compile("[^。！？!?;；\\n]+");
    private static final Pattern PROMISE = Pattern.compile(
            "(?:我们?|客服|专员|工作人员|仓库|系统)?(?:会|将|马上|尽快|为您|给您|帮您).{0,40}(?:小时|工作日|天内|分钟|今天|明天|日前|尽快|退款|补发|重发|寄|回复|联系|处理|登记|赔)"
                    + "|(?i:\\b(?:we|i)(?:'|’)?(?: wi)?ll\\b.{0,80})");

    private FactPatterns() {}

    /** @param byCustomer what customers say promises nothing */
    static List<Fact> in(String said, boolean byCustomer) {
        var text = said.length() > LONGEST ? said.substring(0, LONGEST) : said;
        var found = new ArrayList<Fact>();
        if (!byCustomer) promises(text, found);
        if (!hasDigit(text)) return found;
        // What one pattern has taken is blanked for those after it.
        var rest = take(text, PHONE, Kind.PHONE, found);
        rest = take(rest, DATE, Kind.DATE, found);
        rest = take(rest, AMOUNT, Kind.AMOUNT, found);
        rest = take(rest, NAMED_ORDER, Kind.ORDER, found);
        rest = take(rest, BARE_PHONE, Kind.PHONE, found);
        rest = take(rest, ORDER, Kind.ORDER, found);
        take(rest, PRODUCT, Kind.PRODUCT, found);
        return found;
    }

    private static String take(String text, Pattern pattern, Kind kind, List<Fact> found) {
        var matcher = pattern.matcher(text);
        var rest = new StringBuilder();
        while (matcher.find()) {
            var value = value(matcher).strip();
            if (pattern == ORDER && CardNumbers.isOne(value)) continue;
            found.add(new Fact(kind, kind == Kind.PHONE ? masked(value) : value));
            matcher.appendReplacement(rest, " ".repeat(matcher.group().length()));
        }
        return matcher.appendTail(rest).toString();
    }

    private static String value(Matcher matcher) {
        return matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
    }

    /** 138****5678: enough for the customer to know which one is meant. */
    static String masked(String phone) {
        var digits = phone.replaceAll("\\D", "");
        if (digits.length() < 10) return "****" + digits.substring(Math.max(0, digits.length() - 3));
        return digits.substring(0, 3) + "****" + digits.substring(digits.length() - 4);
    }

    private static void promises(String text, List<Fact> found) {
        var sentences = SENTENCE.matcher(text);
        while (sentences.find()) {
            var sentence = sentences.group().strip();
            if (sentence.length() > LONGEST_PROMISE
                    || !PROMISE.matcher(sentence).find()) continue;
            var shown = PHONE.matcher(sentence).replaceAll(phone -> Matcher.quoteReplacement(masked(phone.group())));
            found.add(new Fact(Kind.PROMISE, shown));
        }
    }

    private static boolean hasDigit(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i))) return true;
        }
        return false;
    }
}
