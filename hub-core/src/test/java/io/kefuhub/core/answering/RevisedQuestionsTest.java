package io.kefuhub.core.answering;

import static io.kefuhub.core.answering.AnsweringFixture.answer;
import static io.kefuhub.core.plugin.Waits.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Revision;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.delivery.BotReply;
import io.kefuhub.core.delivery.Said;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Questions that are taken back or changed while they are answered. */
class RevisedQuestionsTest {
    private final AnsweringFixture fixture = new AnsweringFixture().listening();
    private final Thinker thinker = new Thinker();

    @AfterEach
    void end() {
        thinker.end.countDown();
        fixture.close();
    }

    /** Thinks until it is told to answer, or called off. */
    private static final class Thinker implements Responder {
        final List<String> asked = new CopyOnWriteArrayList<>();
        final AtomicInteger calledOff = new AtomicInteger();
        final CountDownLatch end = new CountDownLatch(1);
        volatile boolean answers;

        @Override
        public Response respond(Turn turn, AnswerSink sink) {
            sink.cancel().onRequest(calledOff::incrementAndGet);
            var question = turn.question().text();
            asked.add(question);
            while (!answers && end.getCount() > 0 && !sink.cancel().isRequested()) LockSupport.parkNanos(2_000_000);
            return answer("about: " + question);
        }
    }

    @Test
    void a_question_that_is_taken_back_is_called_off_and_never_answered() {
        fixture.responder("thinker", thinker);
        var anna = fixture.says("anna", "Where is my parcel 17?");
        until(() -> thinker.asked.size() == 1);

        takesBack(anna, 0);
        until(() -> thinker.calledOff.get() == 1);
        thinker.answers = true;
        fixture.says("anna", "And how much is the tea?");

        var replies = fixture.replies(anna, 1);
        assertThat(replies)
                .singleElement()
                .satisfies(reply -> assertThat(reply.message().text()).isEqualTo("about: And how much is the tea?"));
        assertThat(fixture.questions(anna)).containsExactly(MessageState.TAKEN_BACK, MessageState.ANSWERED);
    }

    @Test
    void of_questions_that_are_answered_together_the_others_are_answered() {
        fixture.responder("thinker", thinker);
        var anna = fixture.says("anna", "Where is my parcel 17?");
        until(() -> thinker.asked.size() == 1);
        fixture.says("anna", "And how much is the tea?");
        until(() -> thinker.asked.size() == 2);

        takesBack(anna, 0);
        until(() -> thinker.asked.size() == 3);
        thinker.answers = true;

        assertThat(fixture.replies(anna, 1)).hasSize(1);
        assertThat(thinker.asked.getLast()).isEqualTo("And how much is the tea?");
        until(() -> fixture.questions(anna).equals(List.of(MessageState.TAKEN_BACK, MessageState.ANSWERED)));
    }

    @Test
    void a_question_that_is_changed_is_answered_as_it_reads_now() {
        fixture.responder("thinker", thinker);
        var anna = fixture.says("anna", "Where is my parcel 17?");
        until(() -> thinker.asked.size() == 1);

        var now = List.<Part>of(new Part.Text("Where is my parcel 18?"));
        revises(anna, 0, new Revision.Edited(now, Optional.of(new Revision.Judged(now, "", List.of())), Instant.now()));
        until(() -> thinker.asked.size() == 2);
        thinker.answers = true;

        assertThat(fixture.replies(anna, 1))
                .singleElement()
                .satisfies(reply -> assertThat(reply.message().text()).isEqualTo("about: Where is my parcel 18?"));
        assertThat(fixture.questions(anna)).containsExactly(MessageState.ANSWERED);
    }

    @Test
    void an_answer_that_was_decided_on_before_is_stale_and_nothing_of_it_is_written() {
        // Nobody takes turns here: the answer is decided on by hand.
        var talk = new AnsweringFixture();
        try (talk) {
            var anna = talk.says("anna", "Where is my parcel 17?");
            var question = talk.said(anna).getFirst();
            talk.talk
                    .journal
                    .revise(key(anna, question), new Revision.TakenBack(Instant.now()))
                    .join();

            var said = talk.parts
                    .replies()
                    .say(new BotReply(
                            anna,
                            List.of(new BotReply.Question(question, MessageState.ANSWERED, Optional.empty())),
                            List.of(new Part.Text("It is on its way.")),
                            Optional.empty(),
                            false,
                            anna.language(),
                            "question.answered",
                            "{}",
                            Optional.empty(),
                            Optional.empty()))
                    .join();

            assertThat(said).isInstanceOf(Said.Stale.class);
            assertThat(talk.saidBy(Speaker.Kind.BOT, anna)).isEmpty();
            assertThat(talk.questions(anna)).containsExactly(MessageState.TAKEN_BACK);
        }
    }

    @Test
    void what_was_taken_back_is_no_part_of_what_was_said_before() {
        fixture.responder("thinker", thinker);
        thinker.answers = true;
        var anna = fixture.says("anna", "My card is 6222021234567890123");
        fixture.replies(anna, 1);
        takesBack(anna, 0);

        List<StoredMessage> before = fixture.talk.database.read(
                db -> new Messages().until(db, anna.id(), Instant.now().plusSeconds(1), 10));
        assertThat(before)
                .extracting(message -> message.message().text())
                .containsExactly("about: My card is 6222021234567890123");
    }

    private void takesBack(Conversation conversation, int number) {
        revises(conversation, number, new Revision.TakenBack(Instant.now()));
    }

    private void revises(Conversation conversation, int number, Revision revision) {
        var question = fixture.saidBy(Speaker.Kind.CUSTOMER, conversation).get(number);
        assertThat(fixture.talk
                        .journal
                        .revise(key(conversation, question), revision)
                        .join())
                .isEqualTo(Revision.Outcome.DONE);
    }

    private static Messages.Key key(Conversation conversation, StoredMessage message) {
        return new Messages.Key(conversation.place().channel(), message.externalId());
    }
}
