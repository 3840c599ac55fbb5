package io.kefuhub.filter.privacy.finding;

import java.util.List;
import java.util.Locale;

/** What the words before a number say that it is. Pure. */
final class Context {
    static final List<String> PHONE = List.of(
            "电话",
            "手机",
            "座机",
            "固话",
            "联系",
            "致电",
            "拨打",
            "来电",
            "热线",
            "传真",
            "微信",
            "tel",
            "phone",
            "mobile",
            "mob",
            "cell",
            "call",
            "whatsapp",
            "wechat",
            "contact",
            "fax",
            "hotline");
    static final List<String> ID_CARD =
            List.of("身份证", "证件", "身份号", "id card", "id number", "id no", "idcard", "identity");
    static final List<String> BANK = List.of("卡", "银行", "账号", "帐号", "账户", "card", "bank", "account");
    static final List<String> PASSPORT = List.of("护照", "passport", "通行证", "回乡证", "台胞证", "travel document", "证件");

    /** What is numbered by whoever sells, not by where somebody is. */
    private static final List<String> GOODS = List.of(
            "订单号",
            "订单编号",
            "单号",
            "运单",
            "快递单",
            "物流单",
            "流水号",
            "编号",
            "货号",
            "型号",
            "款号",
            "批号",
            "条码",
            "序列号",
            "商品码",
            "兑换码",
            "优惠码",
            "券码",
            "合同号",
            "发票号",
            "工单",
            "会员号",
            "sku",
            "s/n",
            "sn",
            "order no",
            "order number",
            "order id",
            "order #",
            "order",
            "tracking",
            "tracking number",
            "invoice",
            "ref",
            "reference",
            "serial",
            "barcode",
            "isbn",
            "model",
            "item",
            "part",
            "voucher",
            "coupon");

    private static final int REACH = 20;
    private static final int LINK = 150;
    private static final String END_OF_THOUGHT = "。！？!?;；\n";
    private static final String FILLERS = "号码是为的：: #=()（）no.umberis,，-/\u200b";

    private Context() {}

    /** Whether one of the words stands shortly before, in the same sentence. */
    static boolean speaksOf(List<String> words, Folded text, int from) {
        return last(words, before(text, from)) >= 0;
    }

    /** Whether a number is said to be one of orders or goods, and nothing nearer says otherwise. */
    static boolean isOfGoods(Folded text, int from) {
        var before = before(text, from);
        var end = last(GOODS, before);
        if (end < 0 || last(PHONE, before) > end || last(ID_CARD, before) > end) return false;
        for (var at = end; at < before.length(); at++) {
            if (FILLERS.indexOf(before.charAt(at)) < 0) return false;
        }
        return true;
    }

    private static String before(Folded text, int from) {
        var start = from;
        while (start > 0 && from - start < REACH && END_OF_THOUGHT.indexOf(text.at(start - 1)) < 0) start--;
        return text.text(start, from).toLowerCase(Locale.ROOT);
    }

    /** Behind the last of the words; -1 when there is none. */
    private static int last(List<String> words, String before) {
        var last = -1;
        for (var word : words) {
            var at = lastWhole(word, before);
            if (at >= 0) last = Math.max(last, at + word.length());
        }
        return last;
    }

    /** A word of letters is one only where no letter stands beside it. */
    private static int lastWhole(String word, String before) {
        var at = before.lastIndexOf(word);
        while (at >= 0) {
            var letters = Folded.isLetter(word.charAt(0));
            var end = at + word.length();
            if (!letters
                    || ((at == 0 || !Folded.isLetter(before.charAt(at - 1)))
                            && (end == before.length() || !Folded.isLetter(before.charAt(end))))) return at;
            at = before.lastIndexOf(word, at - 1);
        }
        return -1;
    }

    /** Whether a number is part of an address of the web. */
    static boolean isInLink(Folded text, int from) {
        if (Surroundings.isNamed(text, from)) return false;
        var start = from;
        while (start > 0 && from - start < LINK && isOfLink(text.at(start - 1))) start--;
        var before = text.text(start, from);
        return before.contains("://") || before.startsWith("www.");
    }

    private static boolean isOfLink(char sign) {
        return sign > ' ' && sign < 0x7F;
    }
}
