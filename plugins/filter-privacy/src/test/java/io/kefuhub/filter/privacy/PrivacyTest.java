package io.kefuhub.filter.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kefuhub.api.Contribution;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.kit.FactoryContract;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.kit.FilterContract;
import io.kefuhub.api.kit.Messages;
import io.kefuhub.api.kit.SomeFacts;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of messages; what is found is the corpus' own test. */
class PrivacyTest implements FilterContract, FactoryContract {
    private static final long MOST_NANOS = 2_000_000_000L;

    private static final Map<String, String> EVERYWHERE =
            Map.of("customers", "true", "bot", "true", "agents", "true", "order-patterns", "KH-\\d{8}\n订单尾号\\d{4}");

    private final FakeContext context = new FakeContext("privacy");
    private final Filter filter = create(Settings.of(Map.of()));

    @AfterEach
    void end() {
        context.close();
    }

    @Override
    public Filter filter() {
        return create(Settings.of(Map.of("customers", "true", "bot", "true", "agents", "true")));
    }

    @Override
    public List<Message> examples() {
        var examples = new ArrayList<>(Messages.odd());
        Stream.of(
                        "我的电话是138-0013-8000，谢谢！地址：北京市朝阳区建国路88号3号楼1201。",
                        "Mail anna@example.com or call +1 (415) 555-2671. Thanks",
                        "身份证11010519491231002X 卡6222 0212 3456 7890 128 车牌京A·12345",
                        "一三八零零一三八零零零；护照E12345678\n金额13800138000元")
                .map(Messages::fromCustomer)
                .forEach(examples::add);
        return examples;
    }

    @Override
    public Contribution factory() {
        return new PrivacyFactory();
    }

    @Override
    public Map<String, String> values() {
        return new HashMap<>(EVERYWHERE);
    }

    @Override
    public Filter create(Settings settings) {
        return new PrivacyFactory().create(settings, context);
    }

    @Test
    void one_value_has_one_placeholder_however_and_wherever_it_is_written() {
        var verdict = rewritten(filter.apply(
                new Message(List.of(
                        new Part.Text("打13800138000或010-87654321"),
                        new Part.Text("就是１３８ ００１３ ８０００"),
                        new Part.Text("+86 138-0013-8000，一三八零零一三八零零零"),
                        new Part.Text("没有别的"))),
                SomeFacts.english(),
                Stage.TO_MODEL));

        assertThat(verdict.parts())
                .containsExactly(
                        new Part.Text("打[phone-1]或[phone-2]"),
                        new Part.Text("就是[phone-1]"),
                        new Part.Text("[phone-1]，[phone-1]"),
                        new Part.Text("没有别的"));
        assertThat(verdict.placeholders()).isEqualTo(Map.of("[phone-1]", "一三八零零一三八零零零", "[phone-2]", "010-87654321"));
        assertThat(verdict.tags()).containsExactly("phone");
    }

    @Test
    void what_is_found_once_is_hidden_wherever_it_is_called_something_else() {
        var verdict = rewritten(filter.apply(
                new Message(List.of(
                        new Part.Text("- order: 02182896655\n- order: 6222021234567890128"),
                        new Part.Text("打02182896655，卡6222021234567890128"),
                        new Part.Text("102182896655"))),
                SomeFacts.english(),
                Stage.TO_MODEL));

        assertThat(verdict.parts())
                .containsExactly(
                        new Part.Text("- order: [phone-1]\n- order: [bank-card-1]"),
                        new Part.Text("打[phone-1]，卡[bank-card-1]"),
                        new Part.Text("102182896655"));
    }

    @Test
    void a_placeholder_that_somebody_wrote_himself_stands_for_nothing() {
        var verdict = rewritten(filter.apply(
                new Message(List.of(new Part.Text("[phone-1]和[phone-3]是什么"), new Part.Text("13800138000，13900139000"))),
                SomeFacts.english(),
                Stage.TO_MODEL));

        assertThat(new Message(verdict.parts()).text()).isEqualTo("[phone-1]和[phone-3]是什么\n[phone-2]，[phone-4]");
        assertThat(verdict.placeholders()).isEqualTo(Map.of("[phone-2]", "13800138000", "[phone-4]", "13900139000"));
    }

    @Test
    void where_people_read_the_ends_stay_and_the_rest_is_covered() {
        var covering = create(Settings.of(EVERYWHERE));

        assertThat(covered(covering, "打13800138000或138-0013-8000")).isEqualTo("打138****8000或138-****-8000");
        assertThat(covered(covering, "身份证11010519491231002X")).isEqualTo("身份证1****************X");
        assertThat(covered(covering, "卡6222 0212 3456 7890 128")).isEqualTo("卡**** **** **** ***0 128");
        assertThat(covered(covering, "发到zhang.wei@qq.com吧")).isEqualTo("发到z****.***@qq.com吧");
        assertThat(covered(covering, "寄到建国路88号3栋501")).isEqualTo("寄到***************".substring(0, 2 + 11));
        assertThat(covered(covering, "车牌京A·12345")).isEqualTo("车牌京A·****5");
        assertThat(covered(covering, "护照E12345678")).isEqualTo("护照E******78");
        assertThat(covered(covering, "KH-20260001和订单尾号1234")).isEqualTo("**-****0001和****1234");
        assertThat(covered(
                        create(Settings.of(Map.of("customers", "true", "ends", "false", "cover", "●"))),
                        "打13800138000"))
                .isEqualTo("打●●●●●●●●●●●");
    }

    @Test
    void each_kind_may_be_kept_from_some_and_told_to_others() {
        var some = create(Settings.of(Map.of(
                "customers",
                "true",
                "phone",
                "models",
                "email",
                "people",
                "plate",
                "off",
                "order-patterns",
                "KH-\\d{8}",
                "order",
                "people")));
        var text = "13800138000 a@example.com 京A12345 KH-20260001";

        assertThat(covered(some, text)).isEqualTo("13800138000 a@example.com 京A12345 **-****0001".replace("a@", "*@"));
        assertThat(new Message(rewritten(some.apply(Messages.fromCustomer(text), SomeFacts.english(), Stage.TO_MODEL))
                                .parts())
                        .text())
                .isEqualTo("[phone-1] a@example.com 京A12345 KH-20260001");
    }

    @Test
    void choices_of_a_menu_are_looked_at_too() {
        var menu =
                new Part.Menu("打给", List.of(new Part.Menu.Option("a", "13800138000"), new Part.Menu.Option("b", "不打")));

        assertThat(rewritten(filter.apply(new Message(List.of(menu)), SomeFacts.english(), Stage.TO_MODEL))
                        .parts())
                .containsExactly(new Part.Menu(
                        "打给", List.of(new Part.Menu.Option("a", "[phone-1]"), new Part.Menu.Option("b", "不打"))));
    }

    @Test
    void of_a_growing_answer_nothing_is_shown_that_may_become_personal_data() {
        var covering = filter();
        var facts = SomeFacts.english();

        assertThat(covering.safeUntil("好的。您的电话是138", facts)).isEqualTo(3);
        assertThat(covering.safeUntil("好的。您的电话是13800138000。还有", facts)).isEqualTo(8);
        assertThat(covering.safeUntil("好的。还有吗？", facts)).isEqualTo(7);
    }

    @Test
    void what_nobody_asked_for_is_left_alone() {
        assertThat(filter.stages()).containsExactlyInAnyOrder(Stage.TO_MODEL, Stage.TO_AGENT);
        assertThat(filter.apply(Messages.fromCustomer("2026年11月26日付了13800元"), SomeFacts.english(), Stage.TO_MODEL))
                .isEqualTo(Verdict.pass());
    }

    @Test
    void a_long_text_made_to_take_long_takes_no_longer_than_others() {
        for (var piece : List.of("1 ", "138-", "a@", "路1号", "@.", "北京市", "62 ", "京A", "+1 ", "一", "((0", "://1")) {
            var took = Long.MAX_VALUE;
            // A busy machine may hold one up.
            for (var tries = 0; tries < 3 && took >= MOST_NANOS; tries++) {
                var start = System.nanoTime();
                filter.apply(Messages.fromCustomer(piece.repeat(40_000)), SomeFacts.english(), Stage.TO_MODEL);
                took = System.nanoTime() - start;
            }
            assertThat(took).as(piece).isLessThan(MOST_NANOS);
        }
    }

    @Test
    void its_own_examples_hold() throws IOException {
        try (var in = PrivacyTest.class.getResourceAsStream("/META-INF/kefuhub/cases/privacy.json")) {
            var file = new ObjectMapper().readTree(in);
            var values = new HashMap<String, String>();
            file.path("settings")
                    .properties()
                    .forEach(one -> values.put(one.getKey(), one.getValue().asText()));
            var asked = create(Settings.of(values));
            for (var one : file.path("cases")) {
                var verdict = asked.apply(
                        Messages.fromCustomer(one.at("/given/text").asText()),
                        SomeFacts.english(),
                        Stage.valueOf(one.at("/given/stage").asText()));
                var expected = one.at("/expect/text").asText("");
                assertThat(verdict instanceof Verdict.Rewrite rewrite ? new Message(rewrite.parts()).text() : "")
                        .as(one.at("/name").asText())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void what_is_wrong_is_named() {
        wrong(Map.of("models", "false", "desk", "false"), "models: keep it from somebody: models or people");
        wrong(Map.of("cover", "**"), "cover: one sign is expected");
        wrong(
                Map.of("order-patterns", "KH\n("),
                "order-patterns: not a regular expression: error parsing regexp: missing closing ): `(`");
        wrong(Map.of("phone", "some"), "phone: choose one of [both, models, people, off]");
    }

    @Test
    void it_protects_people() {
        assertThat(new PrivacyFactory().safety()).isTrue();
        assertThat(new PrivacyPlugin().contributions()).hasSize(1);
    }

    private void wrong(Map<String, String> values, String message) {
        assertThatThrownBy(() -> create(Settings.of(values)))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        wrong -> assertThat(wrong.expected().texts()).containsKey(Language.ZH_CN));
    }

    private static Verdict.Rewrite rewritten(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Rewrite.class);
        return (Verdict.Rewrite) verdict;
    }

    private static String covered(Filter filter, String text) {
        var verdict = filter.apply(Messages.fromCustomer(text), SomeFacts.english(), Stage.CUSTOMER_IN);
        assertThat(verdict.tags())
                .isSubsetOf(Set.of("phone", "id-card", "bank-card", "email", "address", "plate", "passport", "order"));
        return new Message(rewritten(verdict).parts()).text();
    }
}
