package io.kefuhub.core.answering.ai.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.answering.ai.context.Fact.Kind;
import io.kefuhub.core.web.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactCardTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "我的订单号是 A2024060112345 | ORDER | A2024060112345",
                "订单 88231 一直没到 | ORDER | 88231",
                "my order number is KF-77120394, thanks | ORDER | KF-77120394",
                "运单号：SF1234567890123 | ORDER | SF1234567890123",
                "电话 13812345678 | PHONE | 138****5678",
                "call +44 20 7946 0958 | PHONE | 442****0958",
                "付了 ¥1,299.00 | AMOUNT | ¥1,299.00",
                "退我 35 元 | AMOUNT | 35 元",
                "2026年5月1日下的单 | DATE | 2026年5月1日",
                "it came on May 3rd, 2026 | DATE | May 3rd, 2026",
                "想买 KX-300 和别的 | PRODUCT | KX-300"
            })
    void facts_are_taken_down_as_they_were_said(String said, Kind kind, String value) {
        assertThat(FactCard.EMPTY.plus(said, true).facts()).contains(new Fact(kind, value));
    }

    @Test
    void a_phone_number_is_never_kept_whole_nor_taken_for_an_order() {
        var card = FactCard.EMPTY.plus("我的电话是 138-1234-5678", true).plus("我们会在 24 小时内拨打 13812345678 联系您", false);

        assertThat(card.text()).doesNotContain("13812345678", "138-1234-5678").contains("138****5678");
        assertThat(card.facts()).noneMatch(fact -> fact.kind() == Kind.ORDER);
    }

    @Test
    void what_may_be_somebodys_card_is_not_taken_for_an_order_unless_it_is_called_one() {
        var said =
                "卡6222021234567890128，证件11010519491231002X和110105194912310021，护照E12345678，京A12345，打02182896655或008613800138000";

        assertThat(FactCard.EMPTY.plus(said, true).facts())
                .allMatch(fact -> fact.kind() == Kind.PHONE && fact.value().contains("****"));
        assertThat(FactCard.EMPTY.plus("订单号6222021234567890128", true).facts())
                .containsExactly(new Fact(Kind.ORDER, "6222021234567890128"));
    }

    @Test
    void only_what_the_service_says_is_a_promise() {
        assertThat(FactCard.EMPTY.plus("我们会在 3 个工作日内退款。祝好", false).facts())
                .contains(new Fact(Kind.PROMISE, "我们会在 3 个工作日内退款"));
        assertThat(FactCard.EMPTY.plus("我们会在 3 天内投诉处理", true).facts()).noneMatch(fact -> fact.kind() == Kind.PROMISE);
    }

    @Test
    void the_first_of_a_kind_and_the_newest_are_kept() {
        var card = FactCard.EMPTY;
        for (var i = 0; i < 100; i++) card = card.plus("订单号 A10000%03d".formatted(i), true);

        var orders = card.facts().stream().map(Fact::value).toList();
        assertThat(orders).hasSize(8).startsWith("A10000000", "A10000093").endsWith("A10000099");
    }

    @Test
    void what_is_said_again_counts_as_new_and_is_kept_once() {
        var card = FactCard.EMPTY.plus("订单 10001, 订单 10002, 订单 10003", true).plus("订单 10002", true);

        assertThat(card.facts()).extracting(Fact::value).containsExactly("10001", "10003", "10002");
    }

    @Test
    void it_is_read_back_as_it_was_kept() {
        var card = FactCard.EMPTY.plus("订单 10001，付了 35 元，电话 13812345678", true);

        assertThat(FactCard.read(Json.tree(card.json())).facts()).containsExactlyInAnyOrderElementsOf(card.facts());
    }
}
