package io.kefuhub.core.answering;

import static io.kefuhub.core.answering.AnsweringFixture.PATIENT;
import static io.kefuhub.core.answering.AnsweringFixture.answer;
import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.StoredMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Turns on a channel that takes two replies after each message: one of the hub's, and one of a person's. */
class LimitedTurnsTest {
    private final AnsweringFixture fixture = new AnsweringFixture(
                    PATIENT,
                    new Abilities(
                            Abilities.DeliveryKind.READ_FROM_TIMELINE,
                            new Abilities.Streaming.Live(1_000),
                            4_000,
                            Duration.ofHours(48),
                            2),
                    List.of())
            .listening();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<AnswerSink> sinks = new CopyOnWriteArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void end() {
        goOn.countDown();
        fixture.close();
    }

    @Test
    void of_two_questions_at_once_the_second_is_not_paid_for_when_the_first_answer_takes_what_is_left() {
        slowResponder();
        var conversation = fixture.says("anna", "Where is my parcel?");
        until(() -> asked.size() == 1);
        sinks.getFirst().draft("It is ");
        until(() -> fixture.drafts(conversation).contains("It is "));
        fixture.says("anna", "And where is the other one?");
        goOn.countDown();

        until(() -> fixture.now(conversation).mode() == Mode.WAITING);

        assertThat(asked).containsExactly("Where is my parcel?");
        assertThat(states(fixture.replies(conversation, 1))).containsExactly(MessageState.SENT);
        assertThat(fixture.questions(conversation)).containsExactly(MessageState.ANSWERED, MessageState.WAITING);
        assertThat(fixture.now(conversation).heard().replies()).isOne();
    }

    @Test
    void an_answer_for_which_no_room_was_left_meanwhile_is_a_draft_for_the_person_who_is_called() {
        slowResponder();
        var conversation = fixture.says("anna", "Where is my parcel?");
        until(() -> asked.size() == 1);
        spend(conversation);
        goOn.countDown();

        until(() -> fixture.now(conversation).mode() == Mode.WAITING);

        var draft = fixture.replies(conversation, 1).getFirst();
        assertThat(draft.state()).isEqualTo(MessageState.DISCARDED);
        assertThat(draft.message().text()).isEqualTo("to Where is my parcel?");
        assertThat(draft.trace()).hasValueSatisfying(trace -> assertThat(trace).contains("\"unsent\": \"window\""));
        assertThat(fixture.questions(conversation)).containsExactly(MessageState.WAITING);
    }

    @Test
    void what_the_hub_finds_again_after_its_end_is_counted_as_before() {
        fixture.responder("echo", (turn, _) -> {
            asked.add(turn.question().text());
            return answer("to " + turn.question().text());
        });
        var conversation = fixture.says("anna", "first question?");
        fixture.replies(conversation, 1);
        fixture.lanes.close();
        fixture.says("anna", "second question?");
        spend(conversation);

        // As another start of the hub would: nothing but the database remembers.
        var next = new Lanes(new Turns(fixture.parts), fixture.talk.database);
        assertThat(next.recover()).isOne();
        until(() -> fixture.now(conversation).mode() == Mode.WAITING);
        next.close();

        assertThat(asked).containsExactly("first question?");
    }

    private void slowResponder() {
        fixture.responder("slow", (turn, sink) -> {
            asked.add(turn.question().text());
            sinks.add(sink);
            try {
                goOn.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return answer("to " + turn.question().text());
        });
    }

    private void spend(Conversation conversation) {
        fixture.talk
                .journal
                .write(conversation.id(), io.kefuhub.core.conversation.Step.of(page -> {
                    page.spend(1);
                    page.readByAgent(page.conversation().marks().seq());
                    return true;
                }))
                .join();
    }

    private static List<MessageState> states(List<StoredMessage> messages) {
        return messages.stream().map(StoredMessage::state).toList();
    }
}
