package io.kefuhub.core.answering.passages;

import static io.kefuhub.core.answering.knowledge.KnowledgeRoom.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.core.answering.knowledge.Asker;
import io.kefuhub.core.answering.knowledge.Audience;
import io.kefuhub.core.answering.knowledge.EntryContent;
import io.kefuhub.core.answering.knowledge.EntryLanguage;
import io.kefuhub.core.answering.knowledge.Found;
import io.kefuhub.core.answering.knowledge.KnowledgeRoom;
import io.kefuhub.core.answering.knowledge.Reach;
import io.kefuhub.core.answering.knowledge.SearchRules;
import io.kefuhub.core.answering.knowledge.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PassagesTest {
    private final KnowledgeRoom room = new KnowledgeRoom();
    private final Dictionary dictionary = new Dictionary();
    private final Set<UUID> bound = ConcurrentHashMap.newKeySet();
    private Passages passages = open();

    @AfterEach
    void close() {
        passages.close();
        room.close();
    }

    @Test
    void entries_and_pieces_are_found_by_their_words_best_first() {
        entry("怎么退货？", "签收后七天内可以退货。");
        document("手册.pdf", "帐篷的收纳方法：先抖落沙土。", "退货须保持商品完好，附上退货单。");

        var found = find("签收后退货要附上退货单吗");

        assertThat(found.meaning()).isEqualTo(PassagesFound.Meaning.OFF);
        assertThat(found.passages()).extracting(Passage::text).containsExactly("退货须保持商品完好，附上退货单。", "签收后七天内可以退货。");
        assertThat(found.passages()).extracting(Passage::kind).containsExactly(Passage.Kind.CHUNK, Passage.Kind.ENTRY);
        assertThat(found.passages()).extracting(Passage::how).containsOnly(Passage.How.WORDS);
        assertThat(found.passages())
                .extracting(Passage::score)
                .isSortedAccordingTo((one, other) -> Double.compare(other, one));
    }

    @Test
    void what_shares_one_pair_of_signs_only_is_not_near_enough() {
        document("手册.pdf", "我们的退货地址在杭州。");

        assertThat(find("我们的会员积分什么时候过期").isEmpty()).isTrue();
        assertThat(find("今天天气怎么样").isEmpty()).isTrue();
        assertThat(find("退货").isEmpty()).as("the only pair that was asked").isFalse();
    }

    @Test
    void no_more_is_given_than_was_asked_for_or_fits() {
        document("长.pdf", "退货流程说明。".repeat(100), "退货流程说明。".repeat(100), "退货流程说明。".repeat(100), "退货流程说明，简。");

        assertThat(passages.find(room.main, Asker.anybody(EntryLanguage.ZH), "退货流程", 1)
                        .passages())
                .hasSize(1);
        var found = find("退货流程说明").passages();
        assertThat(found.stream()
                        .mapToDouble(one -> Room.tokens(one.title() + one.text()))
                        .sum())
                .isLessThanOrEqualTo(SearchRules.USUAL.passageTokens());
        assertThat(found).hasSizeBetween(2, 4);
    }

    @Test
    void what_is_written_in_the_askers_language_goes_before_all_else() {
        room.knowledge.create(
                "anna",
                room.main,
                EntryContent.of(EntryLanguage.EN, "SL-15 tent", List.of(), "The SL-15 tent sleeps two."));
        room.knowledge.create(
                "anna", room.main, EntryContent.of(EntryLanguage.ZH, "SL-15 帐篷", List.of(), "SL-15 帐篷可睡两人。"));
        eventually(() -> room.knowledge.epoch(room.main) >= 2
                || room.direct(room.main, "SL-15 tent").isPresent());

        eventually(() -> passages.find(room.main, Asker.anybody(EntryLanguage.EN), "SL-15 tent sleeps", 4)
                        .passages()
                        .size()
                == 1);
        assertThat(passages.find(room.main, Asker.anybody(EntryLanguage.EN), "SL-15 tent sleeps", 4)
                        .passages()
                        .getFirst()
                        .text())
                .startsWith("The");
    }

    @Test
    void an_entry_is_found_only_while_it_is_valid_and_on() {
        var until = Instant.parse("2026-06-02T00:00:00Z");
        room.knowledge.create(
                "anna",
                room.main,
                new EntryContent(
                        EntryLanguage.ZH,
                        "六一活动退货",
                        List.of(),
                        "活动商品可退货。",
                        new Validity(Instant.MIN, until),
                        Reach.EVERYBODY,
                        true));
        eventually(() -> !find("活动退货").isEmpty());

        room.clock.move(Duration.ofDays(2));

        assertThat(find("活动退货").isEmpty()).isTrue();
    }

    @Test
    void other_words_are_found_by_their_meaning() {
        entry("怎么退货？", "签收后七天内可以退货。");
        document("手册.pdf", "本产品续航为四十小时。", "请保持干燥。");
        compared();

        var found = find("电池能撑多久");

        assertThat(found.meaning()).isEqualTo(PassagesFound.Meaning.COMPARED);
        assertThat(found.passages()).extracting(Passage::text).containsExactly("本产品续航为四十小时。");
        assertThat(found.passages().getFirst().how()).isEqualTo(Passage.How.MEANING);
        assertThat(found.passages().getFirst().cosine().orElseThrow()).isGreaterThan(0.9);
    }

    @Test
    void a_model_that_is_away_leaves_the_words_and_says_so() {
        document("手册.pdf", "本产品续航为四十小时。");
        compared();
        dictionary.away = true;

        var found = find("续航为几小时");

        assertThat(found.meaning()).isEqualTo(PassagesFound.Meaning.AWAY);
        assertThat(found.passages()).hasSize(1);
        assertThat(find("battery").isEmpty()).isTrue();
    }

    @Test
    void an_entry_that_surely_means_the_same_answers_directly_unless_numbers_or_negations_differ() {
        entry("怎么退货？", "签收后七天内可以退货。");
        entry("怎么开发票？", "下单时填写抬头。");
        compared();

        var direct = room.knowledge
                .answer(room.main, Asker.anybody(EntryLanguage.ZH), "寄回去")
                .found();

        assertThat(direct).isInstanceOfSatisfying(Found.Direct.class, found -> {
            assertThat(found.entry().content().answer()).isEqualTo("签收后七天内可以退货。");
            assertThat(found.reason()).isEqualTo(Found.Reason.MEANING);
        });
        assertThat(answer("不寄回去")).isNotInstanceOf(Found.Direct.class);
        assertThat(answer("寄回去 30 件")).isNotInstanceOf(Found.Direct.class);
        assertThat(answer("寄回去，报销")).as("two entries come about as near").isNotInstanceOf(Found.Direct.class);
    }

    @Test
    void what_an_entry_says_to_some_is_not_found_for_others_by_words_or_meaning() {
        var reach = new Reach(Audience.SIGNED_IN, List.of("web"));
        entry("怎么退货？", "请联系客服。");
        room.knowledge.create(
                "anna",
                room.main,
                EntryContent.of(EntryLanguage.ZH, "怎么退货？", List.of(), "在订单页点退货。")
                        .withReach(reach));
        compared();
        eventually(() -> told(Asker.anybody(EntryLanguage.ZH)).equals(List.of("在订单页点退货。")));

        assertThat(told(Asker.customer(Language.ZH_CN, true, "web"))).containsExactly("在订单页点退货。");
        for (var other :
                List.of(Asker.customer(Language.ZH_CN, false, "web"), Asker.customer(Language.ZH_CN, true, "wecom"))) {
            assertThat(told(other)).containsExactly("请联系客服。");
            assertThat(room.knowledge.answer(room.main, other, "寄回去").found())
                    .isInstanceOfSatisfying(
                            Found.Direct.class,
                            found ->
                                    assertThat(found.entry().content().answer()).isEqualTo("请联系客服。"));
        }
        assertThat(room.knowledge
                        .answer(room.main, Asker.customer(Language.ZH_CN, true, "web"), "寄回去")
                        .found())
                .isInstanceOfSatisfying(
                        Found.Direct.class,
                        found -> assertThat(found.entry().content().answer()).isEqualTo("在订单页点退货。"));
    }

    @Test
    void vectors_that_were_made_are_not_made_again_after_a_restart() {
        document("手册.pdf", "本产品续航为四十小时。", "请保持干燥。", "退货须完好。");
        dictionary.patience = 0;
        passages.start();
        eventually(() -> passages.progress().state() == Progress.State.AWAY);
        assertThat(passages.progress().total()).isEqualTo(3);
        dictionary.patience = Integer.MAX_VALUE;
        eventually(() -> passages.progress().state() == Progress.State.READY);
        int made = dictionary.texts.get();

        again();

        eventually(() -> passages.progress().state() == Progress.State.READY);
        assertThat(dictionary.texts.get()).isEqualTo(made);
        assertThat(find("电池").passages()).extracting(Passage::text).containsExactly("本产品续航为四十小时。");
    }

    @Test
    void another_model_takes_over_when_it_has_seen_everything() {
        var texts = new ArrayList<String>();
        for (int number = 0; number < 100; number++) texts.add("第" + number + "条，本产品续航为" + number + "小时。");
        document("手册.pdf", texts.toArray(String[]::new));
        compared();
        long epoch = room.knowledge.epoch(room.main);
        dictionary.patience = dictionary.texts.get() + 40;
        dictionary.model = Optional.of("two");

        again();
        eventually(() -> passages.progress().state() == Progress.State.AWAY);

        assertThat(passages.progress().model()).isEqualTo("two");
        assertThat(passages.progress().done()).isBetween(32, 99);
        dictionary.patience = Integer.MAX_VALUE;
        eventually(() -> passages.progress().state() == Progress.State.READY);
        assertThat(find("电池").meaning()).isEqualTo(PassagesFound.Meaning.COMPARED);
        assertThat(find("电池").passages()).isNotEmpty();
        assertThat(room.knowledge.epoch(room.main)).isGreaterThan(epoch);
    }

    @Test
    void what_is_published_later_is_compared_too() {
        document("手册.pdf", "请保持干燥。");
        compared();

        document("新.pdf", "本产品续航为四十小时。");

        eventually(() -> !find("电池").isEmpty());
    }

    @Test
    void what_a_bound_desk_knows_and_is_asked_leaves_by_no_way_and_is_found_by_its_words() {
        bound.add(room.outlet);
        document("手册.pdf", "本产品续航为四十小时。", "两处都有的退货说明。");
        document(room.outlet, "手册.pdf", "内部电池清单。", "两处都有的退货说明。");

        passages.start();
        eventually(() -> passages.progress().state() == Progress.State.HELD);
        var found = passages.find(room.outlet, Asker.anybody(EntryLanguage.ZH), "内部电池清单", 4);
        room.knowledge.answer(room.outlet, Asker.anybody(EntryLanguage.ZH), "内部电池");

        assertThat(passages.progress().done()).isEqualTo(1);
        assertThat(passages.progress().total()).isEqualTo(3);
        assertThat(found.meaning()).isEqualTo(PassagesFound.Meaning.OFF);
        assertThat(found.passages()).extracting(Passage::how).containsExactly(Passage.How.WORDS);
        assertThat(find("电池能撑多久").passages()).hasSize(1);
        assertThat(dictionary.left).isNotEmpty().noneMatch(text -> text.contains("内部") || text.contains("两处"));
    }

    @Test
    void a_local_model_sees_what_a_bound_desk_knows_and_is_asked() {
        bound.add(room.outlet);
        document("手册.pdf", "请保持干燥。");
        document(room.outlet, "内部.pdf", "内部续航为四十小时。");
        passages.start();
        eventually(() -> passages.progress().state() == Progress.State.HELD);

        dictionary.local = true;
        passages.modelsChanged();
        eventually(() -> passages.progress().state() == Progress.State.READY);

        assertThat(passages.find(room.outlet, Asker.anybody(EntryLanguage.ZH), "电池能撑多久", 4)
                        .passages())
                .extracting(Passage::how)
                .containsExactly(Passage.How.MEANING);
        assertThat(dictionary.left).hasSize(1).allMatch(text -> text.contains("请保持干燥"));
    }

    @Test
    void a_desk_that_becomes_bound_sends_nothing_more_and_keeps_the_vectors_it_has() {
        document("手册.pdf", "本产品续航为四十小时。");
        compared();
        dictionary.left.clear();
        bound.add(room.main);

        document("新.pdf", "内部电池清单。");
        eventually(() -> passages.progress().state() == Progress.State.HELD);
        find("电池能撑多久");

        assertThat(passages.progress().done()).isEqualTo(1);
        assertThat(dictionary.left).isEmpty();
    }

    private Found answer(String question) {
        return room.knowledge
                .answer(room.main, Asker.anybody(EntryLanguage.ZH), question)
                .found();
    }

    /** What is found for them about returns, by words and by meaning. */
    private List<String> told(Asker asker) {
        return passages.find(room.main, asker, "退货", Passages.USUAL).passages().stream()
                .map(Passage::text)
                .toList();
    }

    private PassagesFound find(String question) {
        return passages.find(room.main, Asker.anybody(EntryLanguage.written(question)), question, Passages.USUAL);
    }

    private void entry(String question, String answer) {
        room.knowledge.create("anna", room.main, EntryContent.of(EntryLanguage.ZH, question, List.of(), answer));
        eventually(() -> room.direct(room.main, question).isPresent());
    }

    private final Map<UUID, Map<UUID, List<Item>>> documents = new HashMap<>();

    private int last;

    private void document(String name, String... texts) {
        document(room.main, name, texts);
    }

    private void document(UUID desk, String name, String... texts) {
        var document = new UUID(7, last++);
        var items = new ArrayList<Item>();
        for (var text : texts) {
            var source = new Passage.Source(document, name, List.of(), items.size() + 1);
            items.add(Item.of(
                    new UUID(document.getLeastSignificantBits(), items.size() + 100), EntryLanguage.ZH, text, source));
        }
        documents.computeIfAbsent(desk, any -> new HashMap<>()).put(document, items);
        passages.documents(desk, Map.of(document, items));
    }

    private void compared() {
        passages.start();
        eventually(() -> passages.progress().state() == Progress.State.READY);
        eventually(() -> find("电池").meaning() == PassagesFound.Meaning.COMPARED);
    }

    private Passages open() {
        return new Passages(room.knowledge, room.database, dictionary, room.clock, bound::contains, () -> room.rules);
    }

    /** As a hub that starts again. */
    private void again() {
        passages.close();
        passages = open();
        documents.forEach(passages::documents);
        passages.start();
    }
}
