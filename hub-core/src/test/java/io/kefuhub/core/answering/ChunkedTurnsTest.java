package io.kefuhub.core.answering;

import static io.kefuhub.core.answering.AnsweringFixture.LEAVE;
import static io.kefuhub.core.answering.AnsweringFixture.NEVER;
import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Revision;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Turns on a channel that sends an answer in up to three messages while it is made. */
class ChunkedTurnsTest {
    private static final String ONE =
            "Your parcel left our warehouse in Hamburg this morning and is now on its way to you by rail.";
    private static final String TWO =
            "It is handed to the courier of your town tomorrow, who brings it before noon if somebody is at home.";
    private static final String THREE = "If nobody is, it waits for you at the post office for seven days.";
    private static final String MARK = "(This answer is incomplete. Please ask again.)";

    private final Storyteller teller = new Storyteller();
    private final List<Lanes> later = new ArrayList<>();
    private AnsweringFixture fixture = fixture(Integer.MAX_VALUE);

    private static AnsweringFixture fixture(int replies) {
        var soon = Duration.ofSeconds(3);
        var times = new TurnTimes(8, Duration.ZERO, soon, soon, soon, NEVER, NEVER, NEVER, LEAVE);
        return new AnsweringFixture(
                        times,
                        new Abilities(
                                Abilities.DeliveryKind.PUSHED,
                                new Abilities.Streaming.Chunks(3),
                                2_000,
                                Duration.ofDays(2),
                                replies),
                        List.of())
                .listening();
    }

    @AfterEach
    void end() {
        teller.end();
        later.forEach(Lanes::close);
        fixture.close();
    }

    @Test
    void sentences_go_as_they_are_made_and_the_rest_goes_at_the_end_with_nothing_said_twice() {
        var conversation = asked();
        teller.draft(ONE);
        teller.draft(ONE + " It is");
        until(() -> texts(conversation).equals(List.of(ONE)));
        teller.draft(ONE + " " + TWO + " If nobody");
        until(() -> texts(conversation).equals(List.of(ONE, TWO)));
        assertThat(fixture.questions(conversation)).containsExactly(MessageState.RECEIVED);

        teller.draft(ONE + " " + TWO + " " + THREE + " And so on.");
        teller.answers(ONE + " " + TWO + "  " + THREE + " And so on.");

        var said = fixture.replies(conversation, 3);
        assertThat(texts(conversation)).containsExactly(ONE, TWO, THREE + " And so on.");
        assertThat(Duration.between(said.get(0).at(), said.get(1).at())).isGreaterThan(Duration.ofMillis(1_190));
        assertThat(said).extracting(StoredMessage::state).containsOnly(MessageState.READY);
        assertThat(said)
                .extracting(StoredMessage::answers)
                .containsOnly(said.getFirst().answers());
        assertThat(Json.tree(said.getLast().trace().orElseThrow())
                        .get("responder")
                        .asText())
                .isEqualTo("teller");
        assertThat(fixture.questions(conversation)).containsExactly(MessageState.ANSWERED);
        assertThat(turns()).as("turns counted").isOne();

        fixture.says("anna", "And the second one?");
        until(() -> teller.turns.size() == 2);
        assertThat(teller.turns.getLast().history().latest(5))
                .extracting(Turn.Line::text)
                .containsExactly("Where is my parcel?", ONE + "\n" + TWO + "\n" + THREE + " And so on.");
    }

    @Test
    void nothing_goes_before_a_sentence_of_sixty_characters_has_ended_and_another_has_begun() {
        var conversation = asked();

        teller.draft("Good morning. Your parcel has left.");
        teller.draft("Good morning. Your parcel has left. " + ONE);
        teller.answers("Good morning. Your parcel has left. " + ONE);

        fixture.replies(conversation, 1);
        assertThat(texts(conversation)).containsExactly("Good morning. Your parcel has left. " + ONE);
    }

    @Test
    void once_a_message_of_it_is_said_nothing_tells_any_more_that_somebody_is_at_work() {
        var conversation = asked();
        teller.draft(ONE + " It is");
        until(() -> texts(conversation).equals(List.of(ONE)));
        teller.draft(ONE + " " + TWO + " If nobody");
        // Who asked later is told that somebody is at work, and nobody who has read something.
        until(() -> texts(conversation).equals(List.of(ONE, TWO)));
        var other = fixture.says("bert", "And where is mine?");
        until(() -> !fixture.saidBy(Speaker.Kind.HUB, other).isEmpty());

        assertThat(fixture.saidBy(Speaker.Kind.HUB, conversation)).isEmpty();
        assertThat(fixture.working()).noneMatch(work -> work.conversation().equals(conversation.id()) && work.on());
    }

    @Test
    void what_is_written_meanwhile_waits_for_the_rest_and_is_answered_by_itself() {
        var conversation = asked();
        teller.draft(ONE + " It is");
        until(() -> texts(conversation).equals(List.of(ONE)));

        fixture.says("anna", "And the second one?");
        teller.answers(ONE + " " + TWO);

        until(() -> fixture.questions(conversation).equals(List.of(MessageState.ANSWERED, MessageState.ANSWERED)));
        assertThat(teller.asked).containsExactly("Where is my parcel?", "And the second one?");
        assertThat(texts(conversation)).containsExactly(ONE, TWO, ONE + " " + TWO);
    }

    @Test
    void no_further_message_goes_once_an_agent_speaks() {
        var conversation = asked();
        teller.draft(ONE + " It is");
        until(() -> texts(conversation).equals(List.of(ONE)));

        fixture.takesOver(conversation);
        until(() -> teller.calledOff.get() == 1);
        teller.draft(ONE + " " + TWO + " If nobody");

        until(() -> fixture.questions(conversation).equals(List.of(MessageState.WAITING)));
        assertThat(texts(conversation)).containsExactly(ONE);
    }

    @Test
    void a_message_that_is_on_its_way_through_the_filters_when_an_agent_takes_over_is_not_said() {
        var strict = new Strict("nothing of this", true);
        strict.goOn = new CountDownLatch(1);
        fixture.contributions.replace(Foreign.slot(Kind.FILTER, "strict", strict, NEVER));
        var conversation = asked();
        teller.draft(ONE + " It is");
        until(() -> strict.judged.contains(ONE));

        fixture.takesOver(conversation);
        strict.goOn.countDown();

        until(() -> fixture.questions(conversation).equals(List.of(MessageState.WAITING)));
        assertThat(texts(conversation)).isEmpty();
    }

    @Test
    void who_asks_for_a_person_meanwhile_gets_one_and_no_more_of_the_answer() {
        var conversation = asked();
        teller.draft(ONE + " It is");
        until(() -> texts(conversation).equals(List.of(ONE)));

        fixture.says("anna", "转人工");

        until(() -> fixture.now(conversation).mode() == Mode.WAITING);
        assertThat(texts(conversation)).hasSize(2).first().isEqualTo(ONE);
        assertThat(texts(conversation).getLast()).contains("转接人工客服");
    }

    @Test
    void what_is_changed_meanwhile_is_answered_anew_from_the_beginning() {
        var conversation = asked();
        teller.draft(ONE + " It is");
        until(() -> texts(conversation).equals(List.of(ONE)));

        changes(conversation, "Where are my parcels?");
        until(() -> teller.asked.size() == 2);
        teller.draft(ONE + " It is");
        until(() -> texts(conversation).equals(List.of(ONE, ONE)));
        teller.answers(ONE + " " + THREE);

        until(() -> fixture.questions(conversation).equals(List.of(MessageState.ANSWERED)));
        assertThat(texts(conversation)).containsExactly(ONE, ONE, THREE);
    }

    @Test
    void an_answer_that_broke_off_with_its_hub_ends_with_a_mark_and_what_came_after_it_is_answered() {
        var conversation = asked();
        teller.draft(ONE + " It is");
        until(() -> texts(conversation).equals(List.of(ONE)));
        fixture.lanes.close();
        until(() -> teller.calledOff.get() == 1);
        fixture.says("anna", "And the second one?");
        fixture.says("bert", "How are you?");

        var next = new Lanes(new Turns(fixture.parts), fixture.talk.database);
        later.add(next);
        teller.answers(THREE);
        assertThat(next.recover()).isEqualTo(3);

        until(() -> fixture.questions(conversation).equals(List.of(MessageState.ANSWERED, MessageState.ANSWERED)));
        assertThat(texts(conversation)).containsExactly(ONE, MARK, THREE);
        until(() -> teller.asked.size() == 3);
        assertThat(teller.asked)
                .containsOnlyOnce("Where is my parcel?")
                .contains("And the second one?", "How are you?");
        var end = fixture.saidBy(Speaker.Kind.BOT, conversation).get(1);
        assertThat(end.answers())
                .isEqualTo(fixture.saidBy(Speaker.Kind.BOT, conversation)
                        .getFirst()
                        .answers());
        assertThat(Json.tree(end.trace().orElseThrow()).at("/source/code").asText())
                .isEqualTo("model-partial");
    }

    @Test
    void a_responder_that_fails_after_a_message_was_said_leaves_the_rest_to_a_person() {
        fixture.responder("teller", (_, sink) -> {
            sink.draft(ONE + " It is");
            until(() -> !allTexts().isEmpty());
            throw new IllegalStateException("broken");
        });
        var conversation = fixture.says("anna", "Where is my parcel?");

        until(() -> fixture.now(conversation).mode() == Mode.WAITING);
        assertThat(texts(conversation)).hasSize(2).first().isEqualTo(ONE);
        assertThat(texts(conversation).getLast()).contains("getting a person").doesNotContain("parcel");
    }

    @Test
    void where_replies_are_counted_a_message_goes_only_while_the_rest_has_room_beside_a_persons() {
        fixture.close();
        fixture = fixture(3);
        var watching = new Strict("nothing of this", true);
        fixture.contributions.replace(Foreign.slot(Kind.FILTER, "watching", watching, NEVER));
        var conversation = asked();
        teller.draft(ONE + " It is");
        until(() -> texts(conversation).equals(List.of(ONE)));

        teller.draft(ONE + " " + TWO + " If nobody");
        // Filters are asked before it is known that there is no room.
        until(() -> watching.judged.contains(TWO));
        teller.answers(ONE + " " + TWO + " " + THREE);

        fixture.replies(conversation, 2);
        assertThat(texts(conversation)).containsExactly(ONE, TWO + " " + THREE);
        assertThat(fixture.now(conversation).heard().replies()).isEqualTo(2);
    }

    @Test
    void a_filter_holds_sentences_back_and_judges_each_message_before_it_goes() {
        var strict = new Strict("courier", false);
        fixture.contributions.replace(Foreign.slot(Kind.FILTER, "strict", strict, NEVER));
        var conversation = asked();
        teller.draft(ONE + " " + TWO + " If nobody");
        until(() -> texts(conversation).equals(List.of(ONE)));
        teller.answers(ONE + " " + TWO + " " + THREE);

        fixture.replies(conversation, 2);
        var said = fixture.saidBy(Speaker.Kind.BOT, conversation);
        assertThat(said).extracting(StoredMessage::state).containsExactly(MessageState.READY, MessageState.HELD);
        assertThat(said.getLast().message().text()).isEqualTo(TWO + " " + THREE);
        assertThat(strict.judged).contains(ONE);
    }

    @Test
    void what_a_filter_would_keep_does_not_go_even_where_it_was_not_held_back() {
        var strict = new Strict("Hamburg", true);
        fixture.contributions.replace(Foreign.slot(Kind.FILTER, "strict", strict, NEVER));
        var conversation = asked();
        teller.draft(ONE + " It is");
        until(() -> strict.judged.contains(ONE));
        teller.answers(ONE + " " + TWO);

        fixture.replies(conversation, 1);
        assertThat(fixture.saidBy(Speaker.Kind.BOT, conversation))
                .singleElement()
                .satisfies(reply -> {
                    assertThat(reply.state()).isEqualTo(MessageState.HELD);
                    assertThat(reply.message().text()).isEqualTo(ONE + " " + TWO);
                });
    }

    private Conversation asked() {
        fixture.responder("teller", teller);
        var conversation = fixture.says("anna", "Where is my parcel?");
        until(() -> teller.asked.size() == 1);
        return conversation;
    }

    private void changes(Conversation conversation, String text) {
        var question = fixture.saidBy(Speaker.Kind.CUSTOMER, conversation).getFirst();
        var now = List.<Part>of(new Part.Text(text));
        fixture.talk
                .journal
                .revise(
                        new Messages.Key(conversation.place().channel(), question.externalId()),
                        new Revision.Edited(now, Optional.of(new Revision.Judged(now, "", List.of())), Instant.now()))
                .join();
    }

    private List<String> texts(Conversation conversation) {
        return fixture.saidBy(Speaker.Kind.BOT, conversation).stream()
                .map(message -> message.message().text())
                .toList();
    }

    private List<String> allTexts() {
        return fixture.talk.database.read(db -> db.createQuery("select parts::text from message where author = 'BOT'")
                .mapTo(String.class)
                .list());
    }

    private long turns() {
        return fixture.talk.database.read(db -> db.createQuery("select count(*) from turn_outcome")
                .mapTo(Long.class)
                .one());
    }

    /** Keeps what holds a word for review, and shows nothing of a growing answer from there on, unless it is careless. */
    private static final class Strict implements Filter {
        final List<String> judged = new CopyOnWriteArrayList<>();
        private final String word;
        private final boolean careless;
        private volatile CountDownLatch goOn = new CountDownLatch(0);

        Strict(String word, boolean careless) {
            this.word = word;
            this.careless = careless;
        }

        @Override
        public Set<Stage> stages() {
            return Set.of(Stage.BOT_OUT);
        }

        @Override
        public Verdict apply(Message message, Facts facts, Stage stage) {
            judged.add(message.text());
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return message.text().contains(word) ? Verdict.hold(word) : Verdict.pass();
        }

        @Override
        public int safeUntil(String soFar, Facts facts) {
            var found = soFar.indexOf(word);
            return careless || found < 0 ? soFar.length() : found;
        }
    }
}
