package io.kefuhub.core.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TonguesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "我的订单怎么还没到|zh-CN",
                "請問我的訂單為什麼還沒到|zh-TW",
                "返品はどうすればいいですか|ja",
                "반품은 어떻게 하나요|ko",
                "Как вернуть товар?|ru",
                "كيف أعيد المنتج|ar",
                "ฉันต้องการคืนสินค้า|th",
                "Where is my order, please?|en",
                "Thanks!|en",
                "¿Dónde está mi pedido?|es",
                "Quiero devolver el producto, por favor|es",
                "Où est ma commande ? Je l'attends depuis une semaine.|fr",
                "Bonjour|fr",
                "Wo ist meine Bestellung? Ich warte noch.|de",
                "Guten Tag|de",
                "Onde está o meu pedido? Não recebi.|pt",
                "Đơn hàng của tôi ở đâu?|vi",
                "cho tôi xin hóa đơn|vi"
            })
    void tells_what_a_customer_writes_in(String text, String tag) {
        assertThat(Tongues.sure(text)).contains(new Language(tag));
    }

    @ParameterizedTest
    @CsvSource({"12345 😀", "ok", "iPhone 15 Pro", "PayPal"})
    void is_not_sure_of_what_could_be_of_any_language(String text) {
        assertThat(Tongues.sure(text)).isEmpty();
    }

    @Test
    void what_is_short_changes_nothing_in_a_conversation() {
        assertThat(Tongues.heard("ok", new Language("fr"))).isEqualTo(new Language("fr"));
        assertThat(Tongues.heard("12345", Language.ZH_CN)).isEqualTo(Language.ZH_CN);
        assertThat(Tongues.heard("好的", Tongues.ZH_TW)).isEqualTo(Tongues.ZH_TW);
        assertThat(Tongues.heard("PayPal", Language.ZH_CN)).isEqualTo(Language.EN);
    }

    @Test
    void latin_words_at_a_desk_that_writes_otherwise_are_meant_as_they_are() {
        assertThat(Tongues.isNotIn("Voilà!", Language.ZH_CN)).isTrue();
        assertThat(Tongues.isNotIn("用 PayPal 付款", Language.ZH_CN)).isFalse();
        assertThat(Tongues.isNotIn("ok", Language.EN)).isFalse();
        assertThat(Tongues.isNotIn("12:30", Language.ZH_CN)).isFalse();
    }

    @Test
    void a_model_is_worth_asking_for_words_that_nothing_else_decides() {
        assertThat(Tongues.isUndecided("zalando pakketje kapot")).isTrue();
        assertThat(Tongues.isUndecided("ok")).isFalse();
        assertThat(Tongues.isUndecided("Where is my order?")).isFalse();
    }

    @Test
    void those_who_read_traditional_and_those_who_read_simplified_characters_understand_each_other() {
        assertThat(Tongues.same(Language.ZH_CN, Tongues.ZH_TW)).isTrue();
        assertThat(Tongues.sameScript(Language.ZH_CN, Tongues.ZH_TW)).isFalse();
        assertThat(Tongues.sameScript(new Language("zh-HK"), Tongues.ZH_TW)).isTrue();
        assertThat(Tongues.sameScript(new Language("en-GB"), Language.EN)).isTrue();
    }
}
