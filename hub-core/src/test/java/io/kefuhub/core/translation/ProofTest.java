package io.kefuhub.core.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProofTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "共3件，合计 ¥1,299.00。|3 items, ¥1,299.00 in total.",
                "订单 KF-20261126-0001 已发货|Order KF-20261126-0001 has been shipped",
                "请看 https://shop.example/a?b=1&c=2。|See https://shop.example/a?b=1&c=2.",
                "写信到 help@shop.example，或拨打 [phone-1]|Write to help@shop.example or call [phone-1]",
                "您好 {name}，谢谢😊|Hello {name}, thank you 😊",
                "三天内退款|You get your money back within 3 days",
                "three days|3天内",
                "3-5天送达|It arrives in 3–5 days",
                "打八折，满100元可用20%的优惠|20% off from 100 yuan",
                "重5kg，下午3点前下单|It weighs 5 kg; order before 3 pm",
                "价格为99元|It costs 99 yuan",
                "共１２件|12 pieces",
                "2026-11-26 送达|Delivered on 2026-11-26",
                "15:00-17:00 之间|between 15:00 and 17:00"
            })
    void what_is_kept_is_believed(String original, String translation) {
        assertThat(altered(original, translation)).isEqualTo("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "共3件，合计 ¥1,299.00。|3 items, ¥1.299,00 in total.|missing:¥1,299.00",
                "共3件，合计 ¥1,299.00。|3 items, $1,299.00 in total.|missing:¥1,299.00",
                "共3件，合计 ¥1,299.00。|3 items, ¥1,299.|missing:¥1,299.00",
                "价格为99元|It costs 99 dollars|currency:",
                "价格为99元|It costs $99|missing:99",
                "价格为99元|It costs 98 yuan|missing:99",
                "退款3到5天|Refund in 3 to 5 days, at most 30|added:30",
                "退款很快|Refund within 7 days|added:7",
                "订单 KF-20261126-0001|Order KF-20261126-001|missing:KF-20261126-0001",
                "请看 https://shop.example/a?b=1|See https://shop.example/a?b=2|missing:https://shop.example/a?b=1",
                "拨打 [phone-1]|Call [phone-2]|missing:[phone-1]",
                "您好 {name}|Hello|missing:{name}",
                "谢谢😊|Thanks 😂|missing:😊",
                "是 -5 度|It is 5 degrees|missing:-5",
                "写信到 a@shop.example|Write to a@shop.exampel|missing:a@shop.example",
                "2026-11-26 送达|Delivered on 26-11-2026|missing:2026-11-26",
                "今天下午发货，请放心|今天下午就发货，请您放心|language:",
                "共3件和3件|3 pieces|missing:3"
            })
    void what_is_altered_is_found_and_named(String original, String translation, String what) {
        assertThat(altered(original, translation)).isEqualTo(what);
    }

    @Test
    void an_answer_without_end_is_no_translation() {
        assertThat(altered("好的", "Yes. ".repeat(100))).isEqualTo("length:");
    }

    @Test
    void terms_become_what_the_desk_says_or_stay() {
        var glossary = new LinkedHashMap<String, String>();
        glossary.put("七天无理由退货", "7-day free return");
        glossary.put("会员", "member");
        glossary.put("Kefu Hub", "Kefu Hub");

        assertThat(altered("Kefu Hub 的会员享受七天无理由退货", "Every Kefu Hub Member has a 7-day free return", glossary))
                .isEqualTo("");
        assertThat(altered("会员价 88 元", "VIP price 88 yuan", glossary)).isEqualTo("term:member");
        assertThat(altered("Kefu Hub 很好", "KefuHub is good", glossary)).isEqualTo("term:Kefu Hub");
        assertThat(altered("七天无理由退货", "A 7-day free return, 15 days for you", glossary))
                .isEqualTo("added:15");
        assertThat(altered("partKefu Hubs", "something else", Map.of("Kefu Hub", "Kefu Hub")))
                .as("in the middle of another word")
                .isEqualTo("");
    }

    private static String altered(String original, String translation) {
        return altered(original, translation, Map.of());
    }

    private static String altered(String original, String translation, Map<String, String> glossary) {
        var from = original.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
                ? Language.ZH_CN
                : Language.EN;
        var to = from.isChinese() ? Language.EN : Language.ZH_CN;
        return Proof.altered(original, translation, glossary, from, to).orElse("");
    }
}
