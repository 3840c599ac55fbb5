package io.kefuhub.core.answering.knowledge;

import static io.kefuhub.core.answering.knowledge.KnowledgeRoom.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KnowledgeTest {
    private final KnowledgeRoom room = new KnowledgeRoom();
    private final Knowledge knowledge = room.knowledge;

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void a_file_that_means_an_entry_for_some_leaves_none_for_everybody() {
        var all = EntryContent.of(EntryLanguage.ZH, "怎么退货", List.of(), "甲");
        var some = all.withReach(new Reach(Audience.SIGNED_IN, List.of()));
        imported(all);

        assertThat(imported(some).changed()).isEqualTo(1);
        assertThat(answers()).containsExactly(some);
        assertThat(imported(all).added()).as("what is for some stays so").isEqualTo(1);
        assertThat(answers()).containsExactlyInAnyOrder(some, all);
        assertThat(imported(some, all).unchanged()).isEqualTo(2);

        knowledge.declare("a.md", Map.of(room.outlet, List.of(all)));
        knowledge.declare("a.md", Map.of(room.outlet, List.of(some)));
        assertThat(knowledge
                        .ask(room.outlet, Asker.customer(Language.ZH_CN, false, "web"), "怎么退货")
                        .found())
                .isInstanceOf(Found.Nothing.class);
    }

    private ImportReport imported(EntryContent... contents) {
        var items =
                Stream.of(contents).map(one -> new FileContents.Item(1, one)).toList();
        return knowledge.importAll("anna", room.main, new FileContents(items, List.of()), false);
    }

    private List<EntryContent> answers() {
        return knowledge.page(EntryFilter.ALL, Place.START, 100).stream()
                .map(KnowledgeEntry::content)
                .toList();
    }

    @Test
    void an_entry_answers_soon_after_it_was_added_and_after_a_restart() {
        var before = knowledge.epoch(room.main);

        var added = added("怎么退货？", "七天内可退");

        eventually(() -> room.direct(room.main, "怎么退货").isPresent());
        assertThat(knowledge.epoch(room.main)).isGreaterThan(before);
        assertThat(knowledge.find(added.id())).contains(added);
        try (var again = room.again()) {
            assertThat(again.ask(room.main, Asker.anybody(EntryLanguage.ZH), "怎么退货")
                            .found())
                    .isInstanceOf(Found.Direct.class);
        }
        assertThat(room.audited()).containsExactly("person:1 knowledge.added");
    }

    @Test
    void a_change_is_answered_and_an_older_one_is_refused() {
        var entry = added("怎么退货？", "七天内可退");
        var better = content("怎么退货？", "十五天内可退").withSimilar(List.of("退货流程"));

        var saved = knowledge.change("person:1", entry.id(), 1, room.main, better);
        var late = knowledge.change("person:2", entry.id(), 1, room.main, content("怎么退货？", "不可退"));

        assertThat(saved).isInstanceOf(Saved.Done.class);
        assertThat(late)
                .isInstanceOfSatisfying(
                        Saved.Stale.class,
                        stale -> assertThat(stale.entry().version()).isEqualTo(2));
        eventually(() -> room.direct(room.main, "退货流程").equals(Optional.of("十五天内可退")));
    }

    @Test
    void a_deleted_entry_answers_no_more() {
        var entry = added("怎么退货？", "七天内可退");
        eventually(() -> room.direct(room.main, "怎么退货").isPresent());

        assertThat(knowledge.delete("person:1", entry.id())).isInstanceOf(Saved.Done.class);
        assertThat(knowledge.delete("person:1", entry.id())).isInstanceOf(Saved.Gone.class);

        eventually(() -> room.direct(room.main, "怎么退货").isEmpty());
        assertThat(room.audited()).contains("person:1 knowledge.deleted");
    }

    @Test
    void an_entry_moves_to_another_desk() {
        var entry = added("怎么退货？", "七天内可退");
        eventually(() -> room.direct(room.main, "怎么退货").isPresent());

        knowledge.change("person:1", entry.id(), 1, room.outlet, entry.content());

        eventually(() -> room.direct(room.outlet, "怎么退货").isPresent()
                && room.direct(room.main, "怎么退货").isEmpty());
    }

    @Test
    void a_desk_asks_each_question_once_in_each_language() {
        added("怎么退货？", "七天内可退");

        assertThat(knowledge.create("person:1", room.main, content("请问怎么退货", "另一个")))
                .isInstanceOfSatisfying(
                        Saved.AskedAlready.class,
                        already ->
                                assertThat(already.other().content().answer()).isEqualTo("七天内可退"));
        assertThat(knowledge.create("person:1", room.outlet, content("怎么退货", "另一个")))
                .isInstanceOf(Saved.Done.class);
    }

    @Test
    void the_list_is_searched_filtered_and_paged_without_gaps() {
        room.withDemo();
        var filter =
                new EntryFilter("退货", Optional.of(Set.of(room.main)), Optional.of(EntryLanguage.ZH), Optional.of(true));

        var seen = new ArrayList<KnowledgeEntry>();
        var place = Place.START;
        while (true) {
            var page = knowledge.page(filter, place, 3);
            seen.addAll(page);
            if (page.size() < 3) break;
            place = Place.parse(new Place(
                                    page.getLast().changedAt(),
                                    page.getLast().id().value())
                            .toString())
                    .orElseThrow();
        }

        assertThat(seen).hasSize((int) knowledge.count(filter)).doesNotHaveDuplicates();
        assertThat(new HashSet<>(seen))
                .allSatisfy(entry -> assertThat(entry.content().question()
                                + entry.content().similar()
                                + entry.content().answer())
                        .contains("退货"));
        assertThat(knowledge.count(new EntryFilter("100%_\\", Optional.empty(), Optional.empty(), Optional.empty())))
                .isZero();
    }

    @Test
    void a_file_is_taken_in_once_and_then_found_unchanged() {
        var file = DemoKnowledge.read();

        var tried = knowledge.importAll("person:1", room.main, file, true);
        var empty = knowledge.isEmpty(room.main);
        var done = knowledge.importAll("person:1", room.main, file, false);
        var again = knowledge.importAll("person:1", room.main, file, false);

        assertThat(tried.added()).isEqualTo(file.items().size());
        assertThat(empty).isTrue();
        assertThat(done.added()).isEqualTo(file.items().size());
        assertThat(again).isEqualTo(new ImportReport(0, 0, file.items().size(), false, List.of()));
    }

    @Test
    void a_file_with_one_wrong_line_changes_nothing() {
        var text = "## 一\n\n答\n\n## 二\n";

        var report = knowledge.importAll("person:1", room.main, FileFormat.MARKDOWN.read(text, ZoneOffset.UTC), false);

        assertThat(report.errors()).extracting(FileProblem::line).containsExactly(5);
        assertThat(knowledge.isEmpty(room.main)).isTrue();
    }

    @Test
    void a_file_declares_its_entries_and_what_it_leaves_out_is_switched_off() {
        var mine = added("怎么退货？", "我写的");
        knowledge.declare("shop.yaml", Map.of(room.main, List.of(content("怎么退货", "文件写的"), content("怎么付款", "微信"))));
        eventually(() -> room.direct(room.main, "怎么退货").equals(Optional.of("文件写的")));
        var auditedOnce = room.audited().size();

        knowledge.declare("shop.yaml", Map.of(room.main, List.of(content("怎么退货", "文件写的"), content("怎么付款", "微信"))));
        assertThat(room.audited()).hasSize(auditedOnce);
        assertThat(knowledge.change("person:1", mine.id(), 2, room.main, content("怎么退货", "又改")))
                .isEqualTo(new Saved.Managed("shop.yaml"));
        var imported = knowledge.importAll(
                "person:1", room.main, FileFormat.CSV.read("问题,答案,语言\n怎么退货,又改,zh\n", ZoneOffset.UTC), false);
        assertThat(imported.errors().getFirst().words().en()).contains("managed by the file shop.yaml");

        knowledge.declare("shop.yaml", Map.of(room.main, List.of(content("怎么付款", "微信"))));

        eventually(() -> room.direct(room.main, "怎么退货").isEmpty());
        assertThat(knowledge.find(mine.id()).orElseThrow().content().enabled()).isFalse();
        knowledge.declare("shop.yaml", Map.of());
        eventually(() -> room.direct(room.main, "怎么付款").isEmpty());
    }

    @Test
    void questions_without_an_answer_are_counted_until_an_entry_asks_them() {
        var conversation = new UUID(1, 1);
        knowledge.missed(room.main, EntryLanguage.ZH, "帐篷怎么搭？", Optional.empty());
        room.clock.move(java.time.Duration.ofMinutes(1));
        knowledge.missed(room.main, EntryLanguage.ZH, "请问帐篷怎么搭呀", Optional.of(conversation));
        knowledge.missed(room.main, EntryLanguage.ZH, "我的电话是13800138000", Optional.empty());
        eventually(() -> unanswered().size() == 2);

        var tent = unanswered().stream()
                .filter(one -> one.bare().equals("帐篷怎么搭"))
                .findFirst()
                .orElseThrow();
        assertThat(tent.times()).isEqualTo(2);
        assertThat(tent.sample()).isEqualTo("请问帐篷怎么搭呀");
        assertThat(tent.conversation()).contains(conversation);
        assertThat(tent.firstAt()).isEqualTo(Instant.parse("2026-06-01T08:00:00Z"));
        assertThat(unanswered()).noneMatch(one -> one.sample().contains("13800138000"));

        assertThat(knowledge.dismiss("person:1", tent.id(), Optional.of(Set.of(room.outlet))))
                .isFalse();
        knowledge.create("person:1", room.main, content("如何搭帐篷", "先铺地布").withSimilar(List.of("帐篷怎么搭")));
        assertThat(unanswered()).hasSize(1);
        assertThat(knowledge.dismiss("person:1", unanswered().getFirst().id(), Optional.empty()))
                .isTrue();
        assertThat(unanswered()).isEmpty();
    }

    private List<UnansweredQuestion> unanswered() {
        return knowledge.unanswered(Optional.of(Set.of(room.main)), Place.START, 10);
    }

    private KnowledgeEntry added(String question, String answer) {
        var saved = knowledge.create("person:1", room.main, content(question, answer));
        assertThat(saved).isInstanceOf(Saved.Done.class);
        return ((Saved.Done) saved).entry();
    }

    private static EntryContent content(String question, String answer) {
        return EntryContent.of(EntryLanguage.ZH, question, List.of(), answer);
    }
}
