package io.kefuhub.core.translation;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which currencies a text speaks of, in signs or words: a price in another one is another price. */
final class Currencies {
    private static final Map<String, Pattern> BY_NAME = new LinkedHashMap<>();

    static {
        // What holds another one's word stands before it and takes it away.
        put(
                "USD",
                "美元|美金|US\\$|\\$|\\b(?:USD|dollars?|d[oó]lar(?:es)?)\\b|долларов|доллар\\p{L}*|ドル|달러|دولار\\p{L}*|ดอลลาร์");
        put("EUR", "欧元|歐元|€|\\b(?:EUR|euros?)\\b|евро|ユーロ|유로|يورو|ยูโร");
        put("JPY", "日元|日圓|日円|円|\\b(?:JPY|yen|yenes|ienes?)\\b|иен\\p{L}*|엔화");
        put("HKD", "港币|港幣|港元|HK\\$|\\bHKD\\b");
        put("TWD", "新台币|新臺幣|台币|臺幣|NT\\$|\\bTWD\\b");
        put("KRW", "韩元|韓元|₩|\\b(?:KRW|won)\\b");
        put("GBP", "英镑|英鎊|£|\\b(?:GBP|pounds?|libras?|Pfund)\\b|фунт\\p{L}*|ポンド|파운드");
        put("RUB", "卢布|盧布|₽|\\b(?:RUB|rubles?|roubles?|rublos?)\\b|рубл\\p{L}*");
        put("VND", "越南盾|₫|\\b(?:VND|đồng|dong)\\b");
        put("THB", "泰铢|泰銖|฿|\\b(?:THB|baht)\\b|บาท");
        put("INR", "卢比|盧比|₹|\\b(?:INR|rupees?|rupias?)\\b");
        put("CNY", "人民币|人民幣|元|块钱|块|塊|\\b(?:CNY|RMB|yuan(?:es)?|renminbi)\\b|юан\\p{L}*|위안|元|يوان|หยวน|nhân dân tệ");
    }

    private Currencies() {}

    static Set<String> in(String text) {
        var found = new HashSet<String>();
        var rest = text;
        for (var currency : BY_NAME.entrySet()) {
            var matcher = currency.getValue().matcher(rest);
            if (!matcher.find()) continue;
            found.add(currency.getKey());
            rest = matcher.replaceAll(" ");
        }
        // Two peoples write it.
        if (rest.matches("(?s).*[¥￥].*")) found.add("¥");
        return found;
    }

    /** Whether somebody who reads the translation pays in what the original says. */
    static boolean added(Set<String> original, Set<String> translation) {
        for (var one : translation) {
            var known = original.contains(one)
                    || (one.equals("¥") && (original.contains("CNY") || original.contains("JPY")))
                    || ((one.equals("CNY") || one.equals("JPY")) && original.contains("¥"));
            if (!known) return true;
        }
        return false;
    }

    private static void put(String name, String words) {
        BY_NAME.put(
                name,
                Pattern.compile(
                        words, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS));
    }
}
