package io.kefuhub.core.answering.knowledge;

import static io.kefuhub.core.answering.knowledge.DemoEntries.DESK;
import static io.kefuhub.core.answering.knowledge.DemoEntries.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnowledgeIndexTest {
    private final KnowledgeIndex demo = KnowledgeIndex.of(DemoEntries.entries());

    @ParameterizedTest
    @ValueSource(strings = {"怎么退货", "怎么退货？", "你好，怎么退货呀", "如何退货", "我要退货", "怎样退货呢"})
    void the_first_question_everybody_tries_is_answered_in_chinese(String asked) {
        assertThat(direct(EntryLanguage.ZH, asked).entry().content().question()).isEqualTo("怎么退货？");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "how do I return an item?",
                "How can I return an item",
                "how to return items",
                "Hello, how do I return a product please?",
                "I want to return an item"
            })
    void the_first_question_everybody_tries_is_answered_in_english(String asked) {
        assertThat(direct(EntryLanguage.EN, asked).entry().content().question()).isEqualTo("How do I return an item?");
    }

    @Test
    void a_question_of_the_entry_is_found_word_for_word() {
        var found = direct(EntryLanguage.ZH, "我想退货！");

        assertThat(found.reason()).isEqualTo(Found.Reason.EXACT);
        assertThat(found.score()).isEqualTo(1);
        assertThat(found.wording()).isEqualTo("我想退货");
    }

    @Test
    void every_wording_of_the_demo_finds_its_own_entry() {
        for (var entry : DemoEntries.entries()) {
            entry.wordings()
                    .forEach(text -> assertThat(demo.ask(
                                            DESK,
                                            Asker.anybody(entry.content().language()),
                                            text,
                                            NOW,
                                            SearchRules.USUAL)
                                    .found())
                            .as(text)
                            .isInstanceOfSatisfying(
                                    Found.Direct.class,
                                    found -> assertThat(found.entry()).isEqualTo(entry)));
        }
    }

    @Test
    void another_number_is_another_question() {
        var tried = demo.ask(DESK, Asker.anybody(EntryLanguage.ZH), "支持30天无理由退货吗", NOW, SearchRules.USUAL);

        assertThat(tried.found()).isInstanceOf(Found.Near.class);
        assertThat(tried.candidates().getFirst().doubt()).isEqualTo(Found.Doubt.NUMBERS_DIFFER);
    }

    @Test
    void a_negation_is_another_question() {
        var tried = demo.ask(DESK, Asker.anybody(EntryLanguage.ZH), "不要礼品包装", NOW, SearchRules.USUAL);

        assertThat(tried.found()).isInstanceOf(Found.Near.class);
        assertThat(tried.candidates().getFirst().doubt()).isEqualTo(Found.Doubt.NEGATION_DIFFERS);
    }

    @Test
    void two_entries_with_one_question_are_both_offered() {
        var index = KnowledgeIndex.of(List.of(entry(1, "怎么退货", "甲"), entry(2, "怎么退货？", "乙"), entry(3, "怎么付款", "丙")));

        assertThat(index.ask(DESK, Asker.anybody(EntryLanguage.ZH), "怎么退货", NOW, SearchRules.USUAL)
                        .found())
                .isInstanceOfSatisfying(
                        Found.Near.class,
                        near -> assertThat(near.candidates())
                                .extracting(one -> one.entry().content().answer())
                                .contains("甲", "乙"));
    }

    @Test
    void desks_and_languages_do_not_hear_each_other() {
        assertThat(demo.ask(new UUID(0, 2), Asker.anybody(EntryLanguage.ZH), "怎么退货", NOW, SearchRules.USUAL))
                .isEqualTo(Tried.NOTHING);
        assertThat(demo.ask(DESK, Asker.anybody(EntryLanguage.EN), "怎么退货", NOW, SearchRules.USUAL)
                        .found())
                .isInstanceOf(Found.Nothing.class);
    }

    @Test
    void an_entry_for_everybody_is_found_in_every_language() {
        var content = EntryContent.of(EntryLanguage.ANY, "WiFi", List.of("wifi password"), "songlin-guest");
        var index = KnowledgeIndex.of(List.of(DemoEntries.entry(1, content)));

        for (var language : EntryLanguage.values()) {
            assertThat(index.ask(DESK, Asker.anybody(language), "wifi", NOW, SearchRules.USUAL)
                            .found())
                    .isInstanceOf(Found.Direct.class);
        }
    }

    @Test
    void an_entry_is_used_from_its_first_moment_until_its_last() {
        var from = Instant.parse("2026-11-01T00:00:00Z");
        var until = Instant.parse("2026-11-12T00:00:00Z");
        var content = new EntryContent(
                EntryLanguage.ZH, "双十一有什么活动", List.of(), "全场八折", new Validity(from, until), Reach.EVERYBODY, true);
        var index = KnowledgeIndex.of(List.of(DemoEntries.entry(1, content), entry(2, "怎么退货", "甲")));

        for (var asked : List.of("双十一有什么活动", "双十一的活动有什么")) {
            assertThat(index.ask(DESK, Asker.anybody(EntryLanguage.ZH), asked, from.minusMillis(1), SearchRules.USUAL)
                            .found())
                    .isInstanceOf(Found.Nothing.class);
            assertThat(index.ask(DESK, Asker.anybody(EntryLanguage.ZH), asked, from, SearchRules.USUAL)
                            .found())
                    .isInstanceOf(Found.Direct.class);
            assertThat(index.ask(DESK, Asker.anybody(EntryLanguage.ZH), asked, until.minusMillis(1), SearchRules.USUAL)
                            .found())
                    .isInstanceOf(Found.Direct.class);
            assertThat(index.ask(DESK, Asker.anybody(EntryLanguage.ZH), asked, until, SearchRules.USUAL)
                            .found())
                    .isInstanceOf(Found.Nothing.class);
        }
    }

    @Test
    void an_entry_that_is_off_is_not_there() {
        var content = EntryContent.of(EntryLanguage.ZH, "怎么退货", List.of(), "甲").withEnabled(false);

        var index = KnowledgeIndex.of(List.of(DemoEntries.entry(1, content)));

        assertThat(index.ask(DESK, Asker.anybody(EntryLanguage.ZH), "怎么退货", NOW, SearchRules.USUAL))
                .isEqualTo(Tried.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"会员价在哪里看", "会员价在哪里看得到呢", "哪里看会员价"})
    void an_entry_is_told_to_those_only_whom_it_is_for(String asked) {
        var index = KnowledgeIndex.of(List.of(
                entry(1, "会员价在哪里看", "登录后在商品页", new Reach(Audience.SIGNED_IN, List.of("web"))), entry(2, "怎么退货", "甲")));

        assertThat(index.ask(DESK, customer(true, "web"), asked, NOW, SearchRules.USUAL)
                        .candidates())
                .extracting(one -> one.entry().content().answer())
                .containsExactly("登录后在商品页");
        assertThat(index.ask(DESK, customer(false, "web"), asked, NOW, SearchRules.USUAL)
                        .candidates())
                .isEmpty();
        assertThat(index.ask(DESK, customer(true, "wecom"), asked, NOW, SearchRules.USUAL)
                        .candidates())
                .isEmpty();
        assertThat(index.ask(DESK, Asker.anybody(EntryLanguage.ZH), asked, NOW, SearchRules.USUAL)
                        .candidates())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"怎么退货", "怎么退货才行"})
    void of_entries_that_ask_the_same_the_one_for_fewer_people_answers(String asked) {
        var index = KnowledgeIndex.of(List.of(
                entry(1, "怎么退货", "请联系客服", Reach.EVERYBODY),
                entry(2, "怎么退货？", "在订单页点退货", new Reach(Audience.SIGNED_IN, List.of())),
                entry(3, "请问怎么退货", "在小程序里点退货", new Reach(Audience.SIGNED_IN, List.of("wecom")))));

        assertThat(answer(index.ask(DESK, customer(false, "web"), asked, NOW, SearchRules.USUAL)))
                .isEqualTo("请联系客服");
        assertThat(answer(index.ask(DESK, customer(true, "web"), asked, NOW, SearchRules.USUAL)))
                .isEqualTo("在订单页点退货");
        assertThat(answer(index.ask(DESK, customer(true, "wecom"), asked, NOW, SearchRules.USUAL)))
                .isEqualTo("在小程序里点退货");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "???", "😀", "\u0000\uD800", "<script>alert(1)</script>", "a AND (b OR \"c"})
    void strange_questions_find_nothing_and_break_nothing(String asked) {
        assertThat(demo.ask(DESK, Asker.anybody(EntryLanguage.ZH), asked, NOW, SearchRules.USUAL)
                        .found())
                .isInstanceOf(Found.Nothing.class);
    }

    @Test
    void twenty_thousand_entries_are_searched_within_milliseconds_and_remembered_within_microseconds() {
        var words = DemoEntries.text("/demo/knowledge/songlin.zh.md").replaceAll("[^\\p{IsHan}]", "");
        var random = new Random(7);
        var entries = new ArrayList<KnowledgeEntry>();
        for (int number = 1; number <= 20_000; number++) entries.add(entry(number, snippet(words, random), "甲"));
        var index = KnowledgeIndex.of(entries);
        var asked = random.ints(1_000).mapToObj(any -> snippet(words, random)).toList();
        asked.forEach(one -> index.ask(DESK, Asker.anybody(EntryLanguage.ZH), one + "一", NOW, SearchRules.USUAL));

        var first = median(asked, index);
        var again = median(asked, index);

        assertThat(first).as("first").isLessThan(Duration.ofMillis(10));
        assertThat(again).as("again").isLessThan(Duration.ofMillis(1));
    }

    private static Duration median(List<String> asked, KnowledgeIndex index) {
        var took = asked.stream().mapToLong(one -> {
            long start = System.nanoTime();
            index.ask(DESK, Asker.anybody(EntryLanguage.ZH), one, NOW, SearchRules.USUAL);
            return System.nanoTime() - start;
        });
        var sorted = took.toArray();
        Arrays.sort(sorted);
        return Duration.ofNanos(sorted[sorted.length / 2]);
    }

    private static String snippet(String words, Random random) {
        int at = random.nextInt(words.length() - 20);
        return words.substring(at, at + 6 + random.nextInt(12));
    }

    private Found.Direct direct(EntryLanguage language, String asked) {
        var found = demo.ask(DESK, Asker.anybody(language), asked, NOW, SearchRules.USUAL)
                .found();
        assertThat(found).isInstanceOf(Found.Direct.class);
        return (Found.Direct) found;
    }

    private static Asker customer(boolean signedIn, String channel) {
        return Asker.customer(Language.ZH_CN, signedIn, channel);
    }

    private static String answer(Tried tried) {
        return tried.candidates().getFirst().entry().content().answer();
    }

    private static KnowledgeEntry entry(int number, String question, String answer, Reach reach) {
        var content = EntryContent.of(EntryLanguage.ZH, question, List.of(), answer);
        return DemoEntries.entry(number, content.withReach(reach));
    }

    private static KnowledgeEntry entry(int number, String question, String answer) {
        return DemoEntries.entry(number, EntryContent.of(EntryLanguage.ZH, question, List.of(), answer));
    }
}
