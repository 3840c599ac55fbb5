package io.kefuhub.filter.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.Contribution;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Found;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.kit.FactoryContract;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.kit.FilterContract;
import io.kefuhub.api.kit.Messages;
import io.kefuhub.api.kit.SomeFacts;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of messages; how words are recognised is the lexicon's own test. */
class SensitiveWordsTest implements FilterContract, FactoryContract {
    private static final String LIST = """
            代开发票,advert,4,block
            外挂,cheat,3,hold,in
            笨蛋,rude,2,mask
            竞品,rival,1,note
            /优惠码[A-Z]{4}/,code,2,mask
            限时,advert,2,mask,out,2030-01-01
            """;

    private final FakeContext context = new FakeContext("words");
    private final Filter filter = create(Settings.of(values()));

    @AfterEach
    void end() {
        context.close();
    }

    @Override
    public Filter filter() {
        return filter;
    }

    @Override
    public Contribution factory() {
        return new SensitiveWordsFactory();
    }

    @Override
    public Map<String, String> values() {
        return new HashMap<>(Map.of("words", LIST, "allowed", "笨蛋先生", "reply", "这里不谈这个。"));
    }

    @Override
    public Filter create(Settings settings) {
        return new SensitiveWordsFactory().create(settings, context);
    }

    @Test
    void the_strongest_action_of_what_is_found_counts() {
        assertThat(apply("竞品更好")).isEqualTo(new Verdict.Pass(Set.of("rival")));
        assertThat(apply("竞品是笨*蛋做的"))
                .isEqualTo(new Verdict.Rewrite(List.of(new Part.Text("竞品是***做的")), Set.of("rival", "rude"), Map.of()));
        assertThat(apply("笨蛋，有外*挂吗"))
                .isEqualTo(
                        new Verdict.Hold("外挂 (cheat 3)", Set.of("rude", "cheat"), List.of(new Found("外挂", 0, 4, 7))));
        assertThat(apply("外挂和代開發票"))
                .isEqualTo(new Verdict.Block("代开发票 (advert 4)", "这里不谈这个。", Set.of("cheat", "advert")));
        assertThat(apply("你好")).isEqualTo(Verdict.pass());
    }

    @Test
    void exactly_what_was_written_is_covered() {
        assertThat(covered("这个笨笨蛋！笨😀蛋")).isEqualTo("这个***！***");
        assertThat(covered("优惠码ABCD，谢谢")).isEqualTo("*******，谢谢");
    }

    @Test
    void what_is_allowed_may_hold_a_listed_word() {
        assertThat(apply("我想买笨蛋先生的书")).isEqualTo(Verdict.pass());
        assertThat(covered("笨蛋先生是笨蛋")).isEqualTo("笨蛋先生是**");
    }

    @Test
    void an_entry_holds_in_its_direction_and_until_its_day() {
        assertThat(apply("外挂", Stage.BOT_OUT)).isEqualTo(Verdict.pass());
        assertThat(apply("限时", Stage.CUSTOMER_IN)).isEqualTo(Verdict.pass());
        assertThat(apply("限时", Stage.BOT_OUT).tags()).containsExactly("advert");
        context.clock().move(Duration.ofDays(3_650));
        assertThat(apply("限时", Stage.BOT_OUT)).isEqualTo(Verdict.pass());
    }

    @Test
    void a_word_split_over_messages_is_seen_and_its_last_piece_covered() {
        assertThat(apply(Messages.fromCustomer("蛋"), SomeFacts.after("笨")))
                .isEqualTo(new Verdict.Rewrite(List.of(new Part.Text("*")), Set.of("rude"), Map.of()));
        assertThat(apply(Messages.fromCustomer("票"), SomeFacts.after("代", "开发")))
                .isInstanceOf(Verdict.Block.class);
        assertThat(apply(Messages.fromCustomer("蛋糕还有吗"), SomeFacts.after("我真笨")))
                .isEqualTo(Verdict.pass());
    }

    @Test
    void choices_of_a_menu_are_looked_at_too() {
        var menu = new Part.Menu("请选择", List.of(new Part.Menu.Option("a", "笨蛋"), new Part.Menu.Option("b", "好")));

        assertThat(filter.apply(new Message(List.of(menu)), SomeFacts.english(), Stage.BOT_OUT))
                .isEqualTo(new Verdict.Rewrite(
                        List.of(new Part.Menu(
                                "请选择", List.of(new Part.Menu.Option("a", "**"), new Part.Menu.Option("b", "好")))),
                        Set.of("rude"),
                        Map.of()));
    }

    @Test
    void of_a_growing_answer_nothing_is_shown_that_may_become_a_listed_word() {
        var plain = create(Settings.of(Map.of("words", "笨蛋\n竞品,rival,1,note")));
        var facts = SomeFacts.english();

        assertThat(plain.safeUntil("你真笨", facts)).isEqualTo(2);
        assertThat(plain.safeUntil("你真笨 ", facts)).isEqualTo(2);
        assertThat(plain.safeUntil("你真笨拙", facts)).isEqualTo(4);
        assertThat(plain.safeUntil("你真笨蛋吗", facts)).isEqualTo(2);
        assertThat(filter.safeUntil("你真好", facts))
                .as("an expression may still match")
                .isZero();
    }

    @Test
    void a_file_may_be_written_in_either_encoding() {
        for (var charset : List.of("UTF-8", "GB18030")) {
            assertThat(SensitiveWordsFactory.decoded("词,类别\n违禁品,goods".getBytes(Charset.forName(charset))))
                    .isEqualTo("词,类别\n违禁品,goods");
        }
    }

    @Test
    void what_is_wrong_is_named_with_its_line() {
        wrong(Map.of(), "words: a word is required");
        wrong(Map.of("words", "fine\na,b,9"), "words: line 2: a level from 1 to 5 is expected, not 9");
        wrong(
                Map.of("words", "/(/"),
                "words: not a regular expression: error parsing regexp: missing closing ): `(?i)(`");
        wrong(Map.of("words", "a", "cover", "**"), "cover: one sign is expected");
        wrong(
                Map.of("words", "a", "customers", "false", "bot", "false", "agents", "false"),
                "customers: look at something: customers, answers or agents");
        wrong(Map.of("file", "gone"), "file: the file is gone; choose it again");
    }

    @Test
    void it_protects_people() {
        assertThat(new SensitiveWordsFactory().safety()).isTrue();
        assertThat(new SensitiveWordsPlugin().contributions()).hasSize(1);
    }

    private void wrong(Map<String, String> values, String message) {
        assertThatThrownBy(() -> create(Settings.of(values)))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        wrong -> assertThat(wrong.expected().texts()).containsKey(Language.ZH_CN));
    }

    private Verdict apply(String text) {
        return apply(text, Stage.CUSTOMER_IN);
    }

    private Verdict apply(String text, Stage stage) {
        return filter.apply(Messages.fromCustomer(text), SomeFacts.english(), stage);
    }

    private Verdict apply(Message message, Facts facts) {
        return filter.apply(message, facts, Stage.CUSTOMER_IN);
    }

    private String covered(String text) {
        return switch (apply(text)) {
            case Verdict.Rewrite(var parts, var _, var _) -> new Message(parts).text();
            case Verdict.Pass _ -> text;
            case Verdict.Hold _, Verdict.Block _ -> "stopped";
        };
    }
}
